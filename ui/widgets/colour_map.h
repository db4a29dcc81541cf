// Colours for loudness whose lightness rises evenly, so that equal steps look equal and the picture also reads in grey. They are paths through the
// OKLCh space (lightness, chroma, hue), computed, no table of anybody's. Thread: any.
#pragma once

#include <QRgb>

#include <array>

namespace earmark
{

enum class ColourMap { meadow, ember, grey }; ///< blue over green to yellow; black over violet and red to cream; black to white

/// Colour `index` of 256, quiet first.
const std::array<QRgb, 256>& coloursOf(ColourMap map);

} // namespace earmark
