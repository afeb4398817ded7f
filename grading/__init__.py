"""What runs inside the interpreters, in a folder for each: the candidate's side and the judge's.

A realm is handed `shared` and the folder of its own role, and nothing of the other's.
"""
