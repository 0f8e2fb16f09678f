package org.pagexplorer.engine;

import java.util.List;

/**
 * Keeps each iterate of the first restart.
 *
 * @param iterates N · C · H · W values each, from the start
 */
public record KeptIterates(List<float[]> iterates) implements AttackObserver {
  @Override
  public boolean wantsIterates() {
    return true;
  }

  @Override
  public void iterate(int t, float[] pixels) {
    iterates.add(pixels);
  }
}
