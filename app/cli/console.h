// The two streams: results go to stdout and nothing else does; errors, warnings, remarks and progress go to stderr.
// Thread: any.
#pragma once

#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>

#include "app/cli/json.h"
#include "engine/base/error.h"

namespace earmark::cli
{

struct Style {
    bool json = false;
    bool quiet = false;   ///< neither remarks nor progress; warnings and errors stay
    bool verbose = false; ///< the engine's own remarks too
};

class Console
{
public:
    /// `stop` is asked for when nobody reads the results any more.
    explicit Console(std::stop_source stop);

    void setStyle(const Style& style) { style_ = style; }
    const Style& style() const { return style_; }
    bool terminal() const { return terminal_; } ///< whether somebody watches stderr

    void print(std::string_view line); ///< a result
    void printJson(const Json& object);///< a result, one line
    void error(const Error& error);
    void warn(std::string_view sentence);
    void remark(std::string_view sentence);
    void detail(std::string_view sentence);

    /// The line at the foot of a terminal that progress is drawn on; "" clears it.
    void setStatus(std::string line);

    int outputError() const; ///< errno of the first write to stdout that failed, 0 while all is well

private:
    void toStderr(std::string_view line);
    void clearStatus();
    void drawStatus();

    mutable std::mutex mutex_;
    std::stop_source stop_;
    Style style_;
    bool terminal_ = false;
    std::string status_;
    int outputError_ = 0;
};

/// A name for people: quoteName without the quotation marks.
std::string shownName(std::string_view name);

/// As printf.
std::string formatted(const char* format, ...) __attribute__((format(printf, 1, 2)));

} // namespace earmark::cli
