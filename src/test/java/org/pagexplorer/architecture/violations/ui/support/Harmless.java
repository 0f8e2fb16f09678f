package org.pagexplorer.architecture.violations.ui.support;

public final class Harmless {}
