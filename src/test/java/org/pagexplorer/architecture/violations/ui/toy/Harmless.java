package org.pagexplorer.architecture.violations.ui.toy;

public final class Harmless {}
