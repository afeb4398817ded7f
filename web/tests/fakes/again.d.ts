/** A module evaluated anew: what it looks at once, it looks at again. */
declare module "*?again";
