package org.pagexplorer.architecture.violations.run;

public final class Harmless {}
