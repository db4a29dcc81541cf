// Lines of text through the tokenizer of a model folder: `tokenise FOLDER < TEXTS` prints {"ids": […], "text": "…"} for each, the text being what the ids
// say. For parity_ctc.py.
#include <iostream>

#include <nlohmann/json.hpp>

#include "engine/text/ctc_tokenizer.h"

int main(int count, char** arguments)
{
    if (count != 2) {
        std::cerr << "tokenise FOLDER < TEXTS\n";
        return 2;
    }
    const auto tokenizer = earmark::CtcTokenizer::load(arguments[1]);
    if (!tokenizer) {
        std::cerr << tokenizer.error().message << "\n";
        return 3;
    }
    for (std::string line; std::getline(std::cin, line);) {
        const auto ids = tokenizer->encode(line);
        if (!ids)
            std::cout << nlohmann::json{{"error", ids.error().code}} << "\n";
        else
            std::cout << nlohmann::json{{"ids", *ids}, {"text", tokenizer->decode(*ids, false).text}} << "\n";
    }
}
