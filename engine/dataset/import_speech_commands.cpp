// Google's Speech Commands (Warden 2018, arXiv:1804.03209): a folder per word, files SPEAKER_nohash_N.wav, lists of the files for validation
// and testing, and long recordings of noise.

#include <algorithm>
#include <unordered_set>

#include "engine/base/file.h"
#include "engine/base/utf8.h"
#include "engine/dataset/file_walk.h"
#include "engine/dataset/import_list.h"
#include "engine/dataset/paths.h"

namespace earmark
{

namespace
{

constexpr std::string_view noiseFolder = "_background_noise_";
constexpr double pieceSeconds = 1; // as long as the words

const std::vector<std::string> tenCommands = {"yes", "no", "up", "down", "left", "right", "on", "off", "stop", "go"};

using Names = std::unordered_set<std::string>;

Result<Names> readList(const std::string& path)
{
    Names names;
    if (!isFile(path))
        return names;
    EARMARK_TRY(const std::string text, readFile(path));
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (!line.empty())
            names.insert(std::string(line));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return names;
}

/// The words that keep their names; empty where all do.
std::vector<std::string> keptWords(const ImportOptions& options, const std::vector<std::string>& files, std::vector<Remark>& remarks)
{
    if (options.words == std::vector<std::string>{"all"})
        return {};
    const std::vector<std::string>& words = options.words.empty() ? tenCommands : options.words;
    const bool anyThere = std::ranges::any_of(files, [&](const std::string& file) {
        return std::ranges::find(words, folderOf(file)) != words.end();
    });
    if (!anyThere && options.words.empty()) {
        remarks.push_back({.code = "import.no_usual_commands",
                           .message = "None of the ten usual commands is there: every word is kept under its own name.",
                           .parameters = {},
                           .causes = {}});
        return {};
    }
    return words;
}

/// Whole recordings go to one split, so that no piece of a noise is on two sides; with fewer than three there is only training to serve.
std::string splitOfNoise(std::size_t index, std::size_t count)
{
    if (count >= 3 && index + 1 == count)
        return "test";
    return count >= 3 && index + 2 == count ? "validation" : "train";
}

ImportRow wordRow(const std::string& root, const std::string& file, const std::vector<std::string>& words, const Names& validation,
                  const Names& testing)
{
    ImportRow row{.path = root + '/' + file, .shown = file};
    const std::string word(fileName(folderOf(file)));
    const bool kept = words.empty() || std::ranges::find(words, word) != words.end();
    row.labels.push_back(kept ? toUtf8(word) : "_unknown_");
    row.split = validation.contains(file) ? "validation" : testing.contains(file) ? "test" : "train";
    const std::string_view name = fileName(file);
    if (const std::size_t end = name.find("_nohash_"); end != std::string_view::npos)
        row.group = toUtf8(name.substr(0, end));
    row.columns.emplace_back("word", toUtf8(word));
    return row;
}

} // namespace

Result<ImportList> listSpeechCommands(const std::string& root, const ImportOptions& options)
{
    EARMARK_TRY(const Names validation, readList(root + "/validation_list.txt"));
    EARMARK_TRY(const Names testing, readList(root + "/testing_list.txt"));
    EARMARK_TRY(FileWalk walk, walkFiles(root));
    ImportList list;
    list.broken = std::move(walk.unreadable);
    const std::vector<std::string> words = keptWords(options, walk.files, list.remarks);
    std::vector<std::string> noises;
    for (const std::string& file : walk.files) {
        if (folderOf(file) == noiseFolder)
            noises.push_back(file);
        else if (!folderOf(file).empty())
            list.rows.push_back(wordRow(root, file, words, validation, testing));
    }
    for (std::size_t i = 0; i < noises.size(); ++i)
        list.rows.push_back({.path = root + '/' + noises[i],
                             .shown = noises[i],
                             .labels = {"_silence_"},
                             .split = splitOfNoise(i, noises.size()),
                             .group = toUtf8(noises[i]),
                             .pieces = pieceSeconds});
    if (validation.empty() && testing.empty())
        list.remarks.push_back({.code = "import.no_lists",
                                .message = "Neither validation_list.txt nor testing_list.txt is there: everything but noise is for training.",
                                .parameters = {},
                                .causes = {}});
    return list;
}

} // namespace earmark
