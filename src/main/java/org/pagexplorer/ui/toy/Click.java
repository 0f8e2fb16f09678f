package org.pagexplorer.ui.toy;

/**
 * Where the user wants to see an attack begin.
 *
 * @param label the class of the nearest training point, which the untargeted attack leaves
 */
record Click(double x1, double x2, int label) {}
