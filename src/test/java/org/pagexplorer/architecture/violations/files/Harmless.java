package org.pagexplorer.architecture.violations.files;

public final class Harmless {}
