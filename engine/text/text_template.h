// Python's str.format with one argument, as far as a template for labels needs it: "{}" or "{0}" for the label, "{{" and "}}" for braces. Thread: any.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/error.h"

namespace earmark
{

/// Error: usage, for a template without a place for the label, with a second "{}" or with anything else in braces.
Result<std::string> filledTemplate(std::string_view pattern, std::string_view label);

} // namespace earmark
