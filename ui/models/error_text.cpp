#include "ui/models/error_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

#include "ui/models/text.h"

namespace earmark
{

namespace
{

struct Sentence {
    std::string_view code;
    const char* english;
    std::vector<std::string_view> filledWith; ///< for %1, %2 …: "path", or a key of Error::parameters
    Cure cure = Cure::none;
};

/// Of several for one code the first is taken whose parameters are all there; the last needs none or only the file.
const std::vector<Sentence>& sentences()
{
    static const std::vector<Sentence> table = {
        {"internal", QT_TRANSLATE_NOOP("earmark::errors", "Earmark itself is at fault. Please report this, with the details."), {}},
        {"usage", QT_TRANSLATE_NOOP("earmark::errors", "What was asked for does not fit together. Change it and try again."), {}},
        {"usage.out_exists", QT_TRANSLATE_NOOP("earmark::errors", "%1 exists already. Choose another name."), {"path"}},
        {"usage.out_exists", QT_TRANSLATE_NOOP("earmark::errors", "The output exists already. Choose another name."), {}},
        {"io.not_found", QT_TRANSLATE_NOOP("earmark::errors", "There is no file or folder %1. It may have been moved, renamed or deleted."), {"path"}, Cure::showData},
        {"io.not_found", QT_TRANSLATE_NOOP("earmark::errors", "A file or folder is not there any more."), {}, Cure::showData},
        {"io.unreadable", QT_TRANSLATE_NOOP("earmark::errors", "%1 cannot be read. Check that you may read it and that it is the right file."), {"path"}},
        {"io.unreadable", QT_TRANSLATE_NOOP("earmark::errors", "A file cannot be read. Check that you may read it."), {}},
        {"io.unwritable", QT_TRANSLATE_NOOP("earmark::errors", "%1 cannot be written. Choose a folder that you may write to."), {"path"}},
        {"io.unwritable", QT_TRANSLATE_NOOP("earmark::errors", "A file cannot be written. Choose a folder that you may write to."), {}},
        {"io.disk_full", QT_TRANSLATE_NOOP("earmark::errors", "The disk is full. Nothing that was there before is lost; make room and try again."), {}, Cure::freeCache},
        {"audio.not_audio", QT_TRANSLATE_NOOP("earmark::errors", "%1 holds nothing that can be heard. Check that it is an audio or video file and that it is whole."), {"path"}},
        {"audio.not_audio", QT_TRANSLATE_NOOP("earmark::errors", "The file holds nothing that can be heard."), {}},
        {"audio.empty", QT_TRANSLATE_NOOP("earmark::errors", "%1 holds no sound in the chosen range."), {"path"}},
        {"audio.empty", QT_TRANSLATE_NOOP("earmark::errors", "The file holds no sound in the chosen range."), {}},
        {"audio.too_short", QT_TRANSLATE_NOOP("earmark::errors", "%1 is shorter than the model can take. Leave it out, or choose a longer range."), {"path"}},
        {"audio.too_short", QT_TRANSLATE_NOOP("earmark::errors", "The clip is shorter than the model can take. Leave it out, or choose a longer range."), {}},
        {"audio.not_finite", QT_TRANSLATE_NOOP("earmark::errors", "%1 contains samples that are no numbers. Export it again from the program that made it."), {"path"}},
        {"audio.not_finite", QT_TRANSLATE_NOOP("earmark::errors", "The sound contains samples that are no numbers. Export it again from the program that made it."), {}},
        {"audio.unsupported", QT_TRANSLATE_NOOP("earmark::errors", "%1 is in a format, sample rate or channel layout that cannot be read. Convert it to WAV or FLAC."), {"path"}},
        {"audio.unsupported", QT_TRANSLATE_NOOP("earmark::errors", "This format, sample rate or channel layout cannot be read."), {}},
        {"audio.no_microphone", QT_TRANSLATE_NOOP("earmark::errors", "There is no microphone that can be used. Connect one, or look in the desktop's sound settings whether another program uses it."), {}},
        {"eval.bad_report", QT_TRANSLATE_NOOP("earmark::errors", "The report %1 cannot be read. Test the model again."), {"path"}},
        {"eval.bad_report", QT_TRANSLATE_NOOP("earmark::errors", "The report of this run cannot be read. Test the model again."), {}},
        {"project.not_a_project", QT_TRANSLATE_NOOP("earmark::errors", "%1 is not an Earmark project."), {"path"}},
        {"project.not_a_project", QT_TRANSLATE_NOOP("earmark::errors", "The file is not an Earmark project."), {}},
        {"project.from_future", QT_TRANSLATE_NOOP("earmark::errors", "The project %1 was written by a newer Earmark. Update Earmark to open it."), {"path"}},
        {"project.from_future", QT_TRANSLATE_NOOP("earmark::errors", "The project was written by a newer Earmark. Update Earmark to open it."), {}},
        {"project.locked", QT_TRANSLATE_NOOP("earmark::errors", "The project %1 is being changed by %2. Close it there to change it here."), {"path", "holder"}, Cure::openAgain},
        {"project.locked", QT_TRANSLATE_NOOP("earmark::errors", "Another program is at work on %1. Stop it there, then try again."), {"path"}, Cure::openAgain},
        {"project.locked", QT_TRANSLATE_NOOP("earmark::errors", "Another program is changing the project. Close it there, then try again."), {}, Cure::openAgain},
        {"project.read_only", QT_TRANSLATE_NOOP("earmark::errors", "The project %1 cannot be changed where it lies. Copy it to a folder that you may write to."), {"path"}, Cure::saveCopy},
        {"project.read_only", QT_TRANSLATE_NOOP("earmark::errors", "The project cannot be changed where it lies. Copy it to a folder that you may write to."), {}, Cure::saveCopy},
        {"project.damaged", QT_TRANSLATE_NOOP("earmark::errors", "The project %1 is damaged. Take a copy from your backup."), {"path"}},
        {"project.damaged", QT_TRANSLATE_NOOP("earmark::errors", "The project is damaged. Take a copy from your backup."), {}},
        {"project.invalid_edit", QT_TRANSLATE_NOOP("earmark::errors", "This change cannot be made: what it is about is not there any more, or a value is out of range."), {}},
        {"import.no_clips", QT_TRANSLATE_NOOP("earmark::errors", "There is nothing to import in %1. Choose a folder with sound files, or a table."), {"path"}, Cure::importOther},
        {"import.no_clips", QT_TRANSLATE_NOOP("earmark::errors", "Nothing that can be imported was found. Choose a folder with sound files, or a table."), {}, Cure::importOther},
        {"import.no_column", QT_TRANSLATE_NOOP("earmark::errors", "%1 has no column “%2”."), {"path", "column"}, Cure::importOther},
        {"import.no_column", QT_TRANSLATE_NOOP("earmark::errors", "The table lacks a column that was asked for."), {}, Cure::importOther},
        {"import.bad_table", QT_TRANSLATE_NOOP("earmark::errors", "%1 cannot be read as a table: something is wrong in line %2."), {"path", "line"}, Cure::importOther},
        {"import.bad_table", QT_TRANSLATE_NOOP("earmark::errors", "%1 cannot be read as a table. Save it as CSV, TSV or JSONL, in UTF-8."), {"path"}, Cure::importOther},
        {"import.bad_table", QT_TRANSLATE_NOOP("earmark::errors", "The table cannot be read. Save it as CSV, TSV or JSONL, in UTF-8."), {}, Cure::importOther},
        {"split.impossible", QT_TRANSLATE_NOOP("earmark::errors", "The clips cannot be divided as asked. Choose other sizes, or add clips."), {}, Cure::showData},
        {"recipe.unknown_setting", QT_TRANSLATE_NOOP("earmark::errors", "There is no setting “%1”; “%2” may be meant."), {"setting", "nearest"}, Cure::showTrain},
        {"recipe.unknown_setting", QT_TRANSLATE_NOOP("earmark::errors", "There is no setting “%1”."), {"setting"}, Cure::showTrain},
        {"recipe.unknown_setting", QT_TRANSLATE_NOOP("earmark::errors", "There is no setting of this name."), {}, Cure::showTrain},
        {"recipe.bad_value", QT_TRANSLATE_NOOP("earmark::errors", "“%1” does not fit the setting “%2”, which takes: %3."), {"value", "setting", "expected"}, Cure::showTrain},
        {"recipe.bad_value", QT_TRANSLATE_NOOP("earmark::errors", "The value of the setting “%1” does not fit."), {"setting"}, Cure::showTrain},
        {"recipe.bad_value", QT_TRANSLATE_NOOP("earmark::errors", "The value does not fit the setting."), {}, Cure::showTrain},
        {"model.not_found", QT_TRANSLATE_NOOP("earmark::errors", "%1 is not a model folder. Choose one that holds config.json and the weights."), {"path"}, Cure::showTrain},
        {"model.not_found", QT_TRANSLATE_NOOP("earmark::errors", "There is no such model. Choose a preset, or a folder that holds config.json and the weights."), {}, Cure::showTrain},
        {"model.bad_config", QT_TRANSLATE_NOOP("earmark::errors", "The description of the model in %1 cannot be used. Get the model folder again."), {"path"}, Cure::showTrain},
        {"model.bad_config", QT_TRANSLATE_NOOP("earmark::errors", "The description of the model cannot be used. Get the model folder again."), {}, Cure::showTrain},
        {"model.unsupported", QT_TRANSLATE_NOOP("earmark::errors", "The model in %1 is of a kind that Earmark does not compute. Choose another."), {"path"}, Cure::showTrain},
        {"model.unsupported", QT_TRANSLATE_NOOP("earmark::errors", "The model is of a kind that Earmark does not compute. Choose another."), {}, Cure::showTrain},
        {"model.not_one_label", QT_TRANSLATE_NOOP("earmark::errors", "The model in %1 gives several labels a clip, or numbers, which this page does not show. earmark-cli tests it and applies it."), {"path"}, Cure::none},
        {"model.not_one_label", QT_TRANSLATE_NOOP("earmark::errors", "The model gives several labels a clip, or numbers, which this page does not show. earmark-cli tests it and applies it."), {}, Cure::none},
        {"model.bad_weights", QT_TRANSLATE_NOOP("earmark::errors", "The weights in %1 are damaged, cut short or of another model. Get them again."), {"path"}, Cure::showTrain},
        {"model.bad_weights", QT_TRANSLATE_NOOP("earmark::errors", "The weights are damaged, cut short or of another model. Get them again."), {}, Cure::showTrain},
        {"model.unsafe_weights", QT_TRANSLATE_NOOP("earmark::errors", "The weights in %1 ask to run a program; it was not run. Get the model as safetensors."), {"path"}, Cure::showTrain},
        {"model.unsafe_weights", QT_TRANSLATE_NOOP("earmark::errors", "The weights ask to run a program; it was not run. Get the model as safetensors."), {}, Cure::showTrain},
        {"compute.no_libtorch", QT_TRANSLATE_NOOP("earmark::errors", "LibTorch, which computes the networks, could not be opened. Labelling works without it."), {}, Cure::help},
        {"compute.no_device", QT_TRANSLATE_NOOP("earmark::errors", "The device “%1” is not there. Choose another in the settings."), {"device"}, Cure::useProcessor},
        {"compute.no_device", QT_TRANSLATE_NOOP("earmark::errors", "The device that was asked for is not there. Choose another in the settings."), {}, Cure::useProcessor},
        {"compute.out_of_memory", QT_TRANSLATE_NOOP("earmark::errors", "Memory ran out. A smaller batch with accumulation may fit, or shorter clips."), {}, Cure::showTrain},
        {"train.no_clips", QT_TRANSLATE_NOOP("earmark::errors", "No clip can be trained on. Label some clips and divide them into training and test."), {}, Cure::showLabel},
        {"train.bad_labels", QT_TRANSLATE_NOOP("earmark::errors", "The labels do not fit the model or the task."), {}, Cure::showLabel},
        {"train.text_too_long", QT_TRANSLATE_NOOP("earmark::errors", "%1 is too short for its text."), {"path"}, Cure::none},
        {"train.text_too_long", QT_TRANSLATE_NOOP("earmark::errors", "A clip is too short for its text."), {}, Cure::none},
        {"train.too_long", QT_TRANSLATE_NOOP("earmark::errors", "%1 is longer than the longest clip that the settings allow. Raise that limit, or let long clips be cut."), {"path"}, Cure::showTrain},
        {"train.too_long", QT_TRANSLATE_NOOP("earmark::errors", "A clip is longer than the settings allow. Raise that limit, or let long clips be cut."), {}, Cure::showTrain},
        {"train.cannot_resume", QT_TRANSLATE_NOOP("earmark::errors", "The run cannot go on: it left no checkpoint, or its data or settings have changed. Start a new one."), {}, Cure::showTrain},
        {"train.diverged", QT_TRANSLATE_NOOP("earmark::errors", "The loss is no longer a number. Try a smaller learning rate."), {}, Cure::showTrain},
    };
    return table;
}

/// What fills a place of the sentence; nothing where the error does not know it.
std::optional<QString> filling(const Error& error, std::string_view name)
{
    if (name == "path")
        return error.path.empty() ? std::nullopt : std::optional(shown(quoteName(error.path)));
    const auto found = error.parameters.find(std::string(name));
    return found == error.parameters.end() || found->second.empty() ? std::nullopt : std::optional(shown(found->second));
}

bool fits(const Sentence& sentence, const Error& error)
{
    return sentence.code == error.code && std::ranges::all_of(sentence.filledWith, [&](std::string_view name) { return filling(error, name).has_value(); });
}

} // namespace

QString errorText(const Error& error)
{
    const auto found = std::ranges::find_if(sentences(), [&](const Sentence& sentence) { return fits(sentence, error); });
    if (found == sentences().end())
        return shown(error.message);
    QString text = QCoreApplication::translate("earmark::errors", found->english);
    if (text == QString::fromUtf8(found->english) && !error.message.empty())
        return shown(error.message);
    QStringList fillings;
    for (const std::string_view name : found->filledWith)
        fillings.append(*filling(error, name));
    return filledIn(text, fillings);
}

QString errorSentence(std::string_view code)
{
    const auto found = std::ranges::find(sentences(), code, &Sentence::code);
    return found == sentences().end() ? QString() : QString::fromUtf8(found->english);
}

Cure cureOf(std::string_view code)
{
    const auto found = std::ranges::find(sentences(), code, &Sentence::code);
    return found == sentences().end() ? Cure::none : found->cure;
}

QString cureText(Cure cure)
{
    switch (cure) {
    case Cure::openAgain: return QCoreApplication::translate("earmark::errors", "Open again");
    case Cure::saveCopy: return QCoreApplication::translate("earmark::errors", "Save a copy…");
    case Cure::importOther: return QCoreApplication::translate("earmark::errors", "Import other files…");
    case Cure::showData: return QCoreApplication::translate("earmark::errors", "Show the data");
    case Cure::showLabel: return QCoreApplication::translate("earmark::errors", "Label clips");
    case Cure::showTrain: return QCoreApplication::translate("earmark::errors", "Show the training settings");
    case Cure::useProcessor: return QCoreApplication::translate("earmark::errors", "Use the processor");
    case Cure::freeCache: return QCoreApplication::translate("earmark::errors", "Empty the cache");
    case Cure::help: return QCoreApplication::translate("earmark::errors", "How to set it up");
    case Cure::none: break;
    }
    return {};
}

} // namespace earmark
