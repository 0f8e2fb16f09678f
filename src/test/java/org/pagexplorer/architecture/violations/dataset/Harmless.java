package org.pagexplorer.architecture.violations.dataset;

public final class Harmless {}
