// What --help and --help-errors say.
#pragma once

#include <memory>
#include <string>

#include <CLI/CLI.hpp>

namespace earmark::cli
{

/// CLI11's layout; the help of a command lists the global options too, and footers stay as they were written.
std::shared_ptr<CLI::FormatterBase> helpFormatter();

/// Every setting of the recipe with its default, range and explanation.
std::string settingsHelp();

/// Every error code, a line each; one JSON object a line with `json`.
std::string errorsHelp(bool json);

} // namespace earmark::cli
