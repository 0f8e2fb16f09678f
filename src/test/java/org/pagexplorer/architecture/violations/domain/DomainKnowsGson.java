package org.pagexplorer.architecture.violations.domain;

import com.google.gson.Gson;
import org.pagexplorer.architecture.ViolatesRule;

@ViolatesRule("DOMAIN_USES_THE_JDK_ONLY")
public final class DomainKnowsGson {
  Gson gson;
}
