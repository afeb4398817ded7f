"""The candidate's side: a submission is imported, and its functions are called."""
