package org.pagexplorer.architecture.violations.ui.control;

public final class Harmless {}
