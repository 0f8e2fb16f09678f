package org.pagexplorer.architecture.violations.ui.explore;

public final class Harmless {}
