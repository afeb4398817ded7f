"""What runs inside the interpreters: the candidate's side, the judge's side, and the wire between.

The same files run natively (``build.py --grade``) and, inside Pyodide, in the page.
"""
