"""The judge's side: the hidden tests run over a stand-in and become a report."""
