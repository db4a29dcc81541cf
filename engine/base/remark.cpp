#include "engine/base/remark.h"

#include <utility>

namespace earmark
{

namespace
{

constexpr std::string_view table[] = {
    "audio.ends_early", "audio.pieces_lost", "audio.changes_on_the_way",
    "model.newly_made", "model.left_over", "model.other_head", "model.other_labels", "model.no_vocabulary", "model.older_names", "model.head_is_new", "model.head_not_used", "model.decoder_not_used",
    "model.fixed_input", "model.hears_the_start", "model.hears_a_part", "model.window_too_long",
    "train.smoothing", "train.training_left_out", "train.validation_left_out", "train.clip_unreadable", "train.unknown_characters", "train.left_out_of_report", "train.no_report",
    "train.best_is_gone", "train.not_recorded", "train.end_not_recorded",
    "evaluate.unlabelled", "evaluate.untranscribed", "evaluate.unknown_labels",
    "import.passed_by", "import.table_not_read", "import.columns_used", "import.pattern_does_not_match", "import.no_usual_commands",
    "import.no_lists", "import.other_labels",
    "export.in_no_split", "export.left_out",
};

} // namespace

Remark remarkOf(Error error)
{
    Remark remark{.code = {}, .message = error.message, .parameters = {}, .causes = {}};
    remark.causes.push_back(std::move(error));
    return remark;
}

std::span<const std::string_view> remarkCodes() { return table; }

std::vector<std::string> messagesOf(const std::vector<Remark>& remarks)
{
    std::vector<std::string> messages;
    for (const Remark& remark : remarks)
        messages.push_back(remark.message);
    return messages;
}

} // namespace earmark
