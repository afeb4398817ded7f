/** Standard input and output, taken hold of before Node's globals go. */
export const { stdin, stdout } = process;
