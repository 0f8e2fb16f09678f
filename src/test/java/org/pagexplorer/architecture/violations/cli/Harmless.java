package org.pagexplorer.architecture.violations.cli;

public final class Harmless {}
