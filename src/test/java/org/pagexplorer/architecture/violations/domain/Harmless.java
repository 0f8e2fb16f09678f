package org.pagexplorer.architecture.violations.domain;

public final class Harmless {}
