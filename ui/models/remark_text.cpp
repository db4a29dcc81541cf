#include "ui/models/remark_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

#include "ui/models/error_text.h"
#include "ui/models/text.h"

namespace earmark
{

namespace
{

struct Sentence {
    std::string_view code;
    const char* english;
    std::vector<std::string> filledWith; ///< for %1, %2 …: keys of Remark::parameters
};

const std::vector<Sentence>& sentences()
{
    static const std::vector<Sentence> table = {
        {"audio.ends_early", QT_TRANSLATE_NOOP("earmark::remarks", "%1 is cut short: it ends at %2 s instead of %3 s."), {"file", "end", "promised"}},
        {"audio.pieces_lost", QT_TRANSLATE_NOOP("earmark::remarks", "%1 is damaged: pieces of it could not be decoded (%2)."), {"file", "pieces"}},
        {"audio.changes_on_the_way", QT_TRANSLATE_NOOP("earmark::remarks", "%1 changes its sample rate or channels on the way; what follows was left out."), {"file"}},
        {"model.newly_made", QT_TRANSLATE_NOOP("earmark::remarks", "Newly made, not in the base: %1."), {"names"}},
        {"model.left_over", QT_TRANSLATE_NOOP("earmark::remarks", "Of the base, not used: %1."), {"names"}},
        {"model.other_head", QT_TRANSLATE_NOOP("earmark::remarks", "The model was saved as %1, a head that Earmark does not compute; its base model is used."), {"architecture"}},
        {"model.other_labels", QT_TRANSLATE_NOOP("earmark::remarks", "The model knows other labels than the data: its output layer is made anew."), {}},
        {"model.no_vocabulary", QT_TRANSLATE_NOOP("earmark::remarks", "The model has no vocabulary of its own: its output layer is made anew for the characters of the data."), {}},
        {"model.older_names", QT_TRANSLATE_NOOP("earmark::remarks", "Parameters with names of older versions were given today's names."), {}},
        {"model.head_is_new", QT_TRANSLATE_NOOP("earmark::remarks", "The weights are those of a base model; the head is new."), {}},
        {"model.head_not_used", QT_TRANSLATE_NOOP("earmark::remarks", "The weights include a head, which is not used."), {}},
        {"model.decoder_not_used", QT_TRANSLATE_NOOP("earmark::remarks", "The weights include a decoder, which is not used: the encoder alone hears."), {}},
        {"model.fixed_input", QT_TRANSLATE_NOOP("earmark::remarks", "The model's input is fixed: longer clips are cut after %1 s, shorter ones filled up."), {"seconds"}},
        {"model.hears_the_start", QT_TRANSLATE_NOOP("earmark::remarks", "%1 is %2 s long; the model reads its first %3 s alone. Listen in windows to hear all of it."), {"file", "seconds", "heard"}},
        {"model.hears_a_part", QT_TRANSLATE_NOOP("earmark::remarks", "%1 is %2 s long; the model hears %3 s of it, from a place drawn at random, which is the same every time."), {"file", "seconds", "heard"}},
        {"model.window_too_long", QT_TRANSLATE_NOOP("earmark::remarks", "The window is longer than the model's input: it hears the first %1 s of each window."), {"seconds"}},
        {"train.smoothing", QT_TRANSLATE_NOOP("earmark::remarks", "With label smoothing, transformers 4.57 leaves this class's loss undivided over an accumulation group; Earmark divides it by the group's clips, as without smoothing."), {}},
        {"train.training_left_out", QT_TRANSLATE_NOOP("earmark::remarks", "Clips of the training set that were left out: %1."), {"clips"}},
        {"train.validation_left_out", QT_TRANSLATE_NOOP("earmark::remarks", "Clips of the validation set that were left out: %1."), {"clips"}},
        {"train.clip_unreadable", QT_TRANSLATE_NOOP("earmark::remarks", "A clip can no longer be read and is left out of its batch."), {}},
        {"train.unknown_characters", QT_TRANSLATE_NOOP("earmark::remarks", "The vocabulary lacks %1: the network learns them as unknown. The settings for the case of transcripts and for characters to leave out change what it is given."), {"characters"}},
        {"train.left_out_of_report", QT_TRANSLATE_NOOP("earmark::remarks", "A clip was left out of the report."), {}},
        {"train.no_report", QT_TRANSLATE_NOOP("earmark::remarks", "Stopped before all clips of the report were classified: there is no report. The Test page makes one."), {}},
        {"train.best_is_gone", QT_TRANSLATE_NOOP("earmark::remarks", "The best checkpoint, %1, is gone: the model is that of the last step."), {"checkpoint"}},
        {"train.not_recorded", QT_TRANSLATE_NOOP("earmark::remarks", "The run is not recorded in the project."), {}},
        {"train.end_not_recorded", QT_TRANSLATE_NOOP("earmark::remarks", "The run's end is not recorded in the project."), {}},
        {"train.lacks_numbers", QT_TRANSLATE_NOOP("earmark::remarks", "Clips that do not have all of the numbers %1 are left out: %2."), {"numbers", "clips"}},
        {"train.labels_of_base", QT_TRANSLATE_NOOP("earmark::remarks", "The base learnt several labels a clip, and so does this run."), {}},
        {"train.numbers_of_base", QT_TRANSLATE_NOOP("earmark::remarks", "The base learnt numbers, and so does this run."), {}},
        {"evaluate.unlabelled", QT_TRANSLATE_NOOP("earmark::remarks", "Clips without a label that are left out: %1."), {"clips"}},
        {"evaluate.untranscribed", QT_TRANSLATE_NOOP("earmark::remarks", "Clips without a transcript that are left out: %1."), {"clips"}},
        {"evaluate.unknown_labels", QT_TRANSLATE_NOOP("earmark::remarks", "The model does not know %1; clips with such a label count as wrong."), {"labels"}},
        {"import.passed_by", QT_TRANSLATE_NOOP("earmark::remarks", "Files that are not sound by their suffix were passed by: %1."), {"suffixes"}},
        {"import.table_not_read", QT_TRANSLATE_NOOP("earmark::remarks", "The folder holds the table %1, which was not read; import it by itself to use it."), {"table"}},
        {"import.columns_used", QT_TRANSLATE_NOOP("earmark::remarks", "Columns used: %1."), {"columns"}},
        {"import.pattern_does_not_match", QT_TRANSLATE_NOOP("earmark::remarks", "The group pattern %1 does not match the paths of all clips: %2 of %3 have no group."), {"pattern", "without", "clips"}},
        {"import.no_usual_commands", QT_TRANSLATE_NOOP("earmark::remarks", "None of the ten usual commands is there: every word is kept under its own name."), {}},
        {"import.no_lists", QT_TRANSLATE_NOOP("earmark::remarks", "Neither validation_list.txt nor testing_list.txt is there: everything but noise is for training."), {}},
        {"import.other_numbers", QT_TRANSLATE_NOOP("earmark::remarks", "Numbers that are other ones than an earlier row has for the same clip, which was kept: %1."), {"numbers"}},
        {"import.other_labels", QT_TRANSLATE_NOOP("earmark::remarks", "Duplicates that have other labels than the clip they repeat: %1."), {"clips"}},
        {"export.in_no_split", QT_TRANSLATE_NOOP("earmark::remarks", "Clips that are in no split and were left out: %1."), {"clips"}},
        {"export.left_out", QT_TRANSLATE_NOOP("earmark::remarks", "A clip was left out."), {}},
    };
    return table;
}

/// The causes follow, a line each.
QString withCauses(const QString& text, const Remark& remark)
{
    QStringList lines(text.isEmpty() ? QStringList() : QStringList(text));
    for (const Error& cause : remark.causes)
        lines.append(errorText(cause));
    return lines.join('\n');
}

} // namespace

QString remarkText(const Remark& remark)
{
    if (remark.code.empty() && !remark.causes.empty())
        return withCauses({}, remark);
    const auto found = std::ranges::find(sentences(), remark.code, &Sentence::code);
    if (found == sentences().end())
        return shown(remark.message);
    const QString text = QCoreApplication::translate("earmark::remarks", found->english);
    if (text == QString::fromUtf8(found->english) && !remark.message.empty())
        return shown(remark.message);
    QStringList fillings;
    for (const std::string& name : found->filledWith) {
        const auto value = remark.parameters.find(name);
        fillings.append(value == remark.parameters.end() ? QString() : shown(value->second));
    }
    return withCauses(filledIn(text, fillings), remark);
}

QString remarkSentence(std::string_view code)
{
    const auto found = std::ranges::find(sentences(), code, &Sentence::code);
    return found == sentences().end() ? QString() : QString::fromUtf8(found->english);
}

} // namespace earmark
