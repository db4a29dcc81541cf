// What a classification head learns, as config.json's problem_type and the setting of that name spell it. Thread: any.
#pragma once

#include <string_view>

namespace earmark
{

enum class ProblemType {
    singleLabel, ///< one label a clip
    multiLabel,  ///< any number of labels a clip, each there or not
    regression   ///< numbers
};

/// One label a clip where it is none of Hugging Face's names, or "".
inline ProblemType problemTypeNamed(std::string_view name)
{
    return name == "multi_label_classification" ? ProblemType::multiLabel : name == "regression" ? ProblemType::regression : ProblemType::singleLabel;
}

inline const char* problemTypeName(ProblemType type)
{
    return type == ProblemType::multiLabel ? "multi_label_classification" : type == ProblemType::regression ? "regression" : "single_label_classification";
}

} // namespace earmark
