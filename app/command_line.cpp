#include "app/command_line.h"

#include <QFile>
#include <QFileInfo>

namespace earmark
{

CommandLine readCommandLine(int argc, const char* const* argv)
{
    CommandLine line;
    bool onlyFiles = false;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (!onlyFiles && word == "--") {
            onlyFiles = true;
        } else if (!onlyFiles && (word == "--help" || word == "-h")) {
            line.answer = "earmark [PROJECT.earmark] [FILE…]\n\n"
                          "Opens the project, and imports the files, folders and tables into it. Without any, goes on with the last project.\n\n"
                          "  -h, --help       this\n"
                          "  -v, --version    the version\n\n"
                          "EARMARK_LANGUAGE=en or zh_CN chooses the language of the window. earmark-cli does the same work without one.\n";
            return line;
        } else if (!onlyFiles && (word == "--version" || word == "-v")) {
            line.answer = "earmark " EARMARK_VERSION "\n";
            return line;
        } else if (!onlyFiles && word.size() > 1 && word.starts_with('-')) {
            line.answer = "earmark: there is no option " + word + "; earmark --help lists them\n";
            line.status = 2;
            return line;
        } else {
            line.files.append(QFileInfo(QFile::decodeName(word.c_str())).absoluteFilePath());
        }
    }
    return line;
}

} // namespace earmark
