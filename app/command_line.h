// What was written after `earmark`: files to open, as the bytes they are named by. Thread: any.
#pragma once

#include <QStringList>

#include <string>

namespace earmark
{

struct CommandLine {
    QStringList files;
    std::string answer; ///< not empty: print it and end, without a display
    int status = 0;     ///< with an answer
};

CommandLine readCommandLine(int argc, const char* const* argv);

} // namespace earmark
