/** Stands in for a module that the build leaves out. */
export {}
