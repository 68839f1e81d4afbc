"""When a page has come to rest."""

# A colour that is still on its way is neither the old one nor the new one. The promises of transitions aren't waited
# for: that of one which was dropped meanwhile never comes.
SETTLED = """async () => {
  const drawn = () => new Promise((done) => requestAnimationFrame(done));
  const moves = (each) => each.playState === "running" && each.effect.getComputedTiming().endTime !== Infinity;
  do await drawn(); while (document.getAnimations().some(moves));
  await drawn();
}"""
"""A script that returns when nothing is on its way any more; what moves for ever is left out."""
