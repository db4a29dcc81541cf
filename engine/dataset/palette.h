// Colours and keys for a label set. Thread: any.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace earmark
{

/// "#rrggbb" for the label at `index`: the eight colours of Okabe and Ito (2008), which colour-blind people tell apart, then the same
/// lighter and darker in turn; the colours repeat after 24.
std::string paletteColour(std::size_t index);

/// "1"…"9", "a"…"z" in this order.
bool isLabelKey(std::string_view key);
/// The first key not in `taken`; "" where all are.
std::string nextLabelKey(const std::vector<std::string>& taken);
bool isColour(std::string_view colour);

} // namespace earmark
