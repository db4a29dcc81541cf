// clean_up_tokenization of transformers: the space before full stops and English endings goes.
#pragma once

#include <string>

namespace earmark
{

std::string cleanedUp(std::string text);

} // namespace earmark
