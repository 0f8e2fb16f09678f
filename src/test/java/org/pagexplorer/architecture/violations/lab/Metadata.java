package org.pagexplorer.architecture.violations.lab;

public final class Metadata {}
