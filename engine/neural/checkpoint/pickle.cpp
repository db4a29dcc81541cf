#include "engine/neural/checkpoint/pickle.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <variant>

#include "engine/neural/checkpoint/pickle_bytes.h"
#include "engine/neural/checkpoint/pickle_globals.h"

namespace earmark::neural
{

namespace
{

// Values refer to each other by number, never by ownership, so that cycles and deep nests cost neither leaks nor call
// stack. Texts are views of the pickle, and containers are never copied more often than `mostWork` allows: memory and
// time are bounded.
constexpr std::size_t mostWork = 4'000'000; // opcodes and copied items; a tensor takes about fifty

struct Storage {
    std::optional<ElementType> type;
    std::string_view key;
    std::int64_t elements;
};

struct Reference {
    std::size_t index;
};

/// What the machine's stack holds; a Reference is a place in its objects. monostate stands for None and for what is of
/// no use here.
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string_view, GlobalValue, Reference>;

struct List {
    std::vector<Value> items;
};
struct Tuple {
    std::vector<Value> items;
};
struct Dict {
    std::vector<std::pair<Value, Value>> items;
};
using Object = std::variant<List, Tuple, Dict, Storage, PickledTensor>;

constexpr std::size_t mostDimensions = 32;

class Machine : private PickleBytes
{
public:
    explicit Machine(std::span<const std::byte> pickle) : PickleBytes(pickle) {}

    // These throw Problem, which `read` below catches.

    std::vector<PickledTensor> stateDict() { return namedTensors(next()); }

    LegacyPickles legacy()
    {
        skipMagicNumber();
        constexpr std::int64_t protocolVersion = 1001;
        if (plain<std::int64_t>(next()) != protocolVersion)
            damaged("its version is one that torch never wrote");
        checkByteOrder(next());
        LegacyPickles pickles{.tensors = namedTensors(next()), .storages = {}, .length = 0};
        std::unordered_map<std::string_view, const Storage*> known;
        for (const Object& object : objects_)
            if (const auto* storage = std::get_if<Storage>(&object))
                known[storage->key] = storage;
        for (const Value& key : object<List>(next()).items) {
            const auto found = known.find(plain<std::string_view>(key));
            if (found == known.end() || !found->second->type)
                damaged();
            pickles.storages.push_back({found->first, *found->second->type, found->second->elements});
        }
        pickles.length = position();
        return pickles;
    }

private:
    [[noreturn]] static void unsafe(std::string what) { throw Problem{"model.unsafe_weights", std::move(what)}; }

    void spend(std::size_t work)
    {
        if (work > mostWork - work_)
            damaged("its pickle is longer than any list of weights");
        work_ += work;
    }

    /// One pickle, up to and with its STOP; the next one knows nothing of its stack and memo.
    Value next()
    {
        stack_.clear();
        marks_.clear();
        memo_.clear();
        while (step(static_cast<unsigned char>(take(1)[0])))
            spend(1);
        return pop();
    }

    /// The first pickle, a number of ten bytes that the machine has no place for.
    void skipMagicNumber()
    {
        constexpr std::string_view number = "\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.";
        take(2); // PROTO
        if (peek() == '\x95')
            take(9); // FRAME
        if (take(number.size()) != number)
            throw Problem{"model.bad_weights", "it is not a file that torch.save wrote"};
    }

    void checkByteOrder(const Value& facts)
    {
        for (const auto& [key, value] : object<Dict>(facts).items)
            if (const auto* name = std::get_if<std::string_view>(&key); name && *name == "little_endian" && !plain<bool>(value))
                throw Problem{"model.unsupported", "it was saved on a big-endian machine"};
    }

    // Stack, marks, memo, objects

    void push(Value value) { stack_.push_back(value); }
    void push(Object object)
    {
        objects_.push_back(std::move(object));
        push(Value(Reference{objects_.size() - 1}));
    }

    std::size_t floor() const { return marks_.empty() ? 0 : marks_.back(); }

    Value pop()
    {
        if (stack_.size() <= floor())
            damaged();
        const Value value = stack_.back();
        stack_.pop_back();
        return value;
    }

    Value& top()
    {
        if (stack_.size() <= floor())
            damaged();
        return stack_.back();
    }

    std::vector<Value> popToMark()
    {
        if (marks_.empty())
            damaged();
        const auto start = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
        std::vector<Value> items(start, stack_.end());
        stack_.erase(start, stack_.end());
        marks_.pop_back();
        return items;
    }

    void pushTuple(std::size_t count)
    {
        std::vector<Value> items(count);
        for (std::size_t i = count; i-- > 0;)
            items[i] = pop();
        push(Object(Tuple{std::move(items)}));
    }

    void remember(std::uint64_t key) { memo_[key] = top(); }

    void recall(std::uint64_t key)
    {
        const auto place = memo_.find(key);
        if (place == memo_.end())
            damaged();
        push(place->second);
    }

    template <class T> T& object(const Value& value)
    {
        const auto* const reference = std::get_if<Reference>(&value);
        T* const found = reference ? std::get_if<T>(&objects_[reference->index]) : nullptr;
        if (!found)
            damaged();
        return *found;
    }

    template <class T> static T plain(const Value& value)
    {
        const T* const found = std::get_if<T>(&value);
        if (!found)
            damaged();
        return *found;
    }

    static std::int64_t size(const Value& value)
    {
        const auto number = plain<std::int64_t>(value);
        if (number < 0)
            damaged("one of its tensors has a negative size or step");
        return number;
    }

    std::vector<std::int64_t> sizes(const Value& value)
    {
        const auto& items = object<Tuple>(value).items;
        if (items.size() > mostDimensions)
            damaged("one of its tensors has too many dimensions");
        std::vector<std::int64_t> numbers;
        for (const Value& item : items)
            numbers.push_back(size(item));
        return numbers;
    }

    // Containers

    void appendTo(const Value& list, std::vector<Value> items)
    {
        auto& target = object<List>(list).items;
        target.insert(target.end(), items.begin(), items.end());
    }

    void setItems(const Value& dict, const std::vector<Value>& items)
    {
        if (items.size() % 2 != 0)
            damaged();
        auto& target = object<Dict>(dict).items;
        for (std::size_t i = 0; i < items.size(); i += 2)
            target.emplace_back(items[i], items[i + 1]);
    }

    // What the allowed names stand for

    void pushGlobal(std::string_view module, std::string_view name)
    {
        const auto global = knownGlobal(module, name);
        if (!global && module == "torch" && name.ends_with("Storage"))
            damaged("it holds numbers of a type that Earmark does not read (" + std::string(name.substr(0, 40)) + ")");
        if (!global)
            unsafe(std::string(module) + "." + std::string(name));
        push(Value(*global));
    }

    void call()
    {
        const Value arguments = pop();
        const Value callee = pop();
        if (!std::holds_alternative<GlobalValue>(callee))
            unsafe("a call of something that is no function");
        const auto& items = object<Tuple>(arguments).items;
        switch (std::get<GlobalValue>(callee).global) {
        case Global::orderedDict:
            return makeOrderedDict(items);
        case Global::rebuildTensor:
            return rebuildTensor(items, 4, false);
        case Global::rebuildTensorV2:
            return rebuildTensor(items, 6, false);
        case Global::rebuildTensorV3:
            return rebuildTensor(items, 7, true);
        case Global::rebuildParameter:
        case Global::rebuildParameterWithState:
            return push(argument(items, 0));
        case Global::size:
            return push(argument(items, 0));
        case Global::encode:
            return push(argument(items, 0));
        case Global::layout:
        case Global::device:
            return push(Value());
        case Global::storage:
        case Global::untypedStorage:
        case Global::type:
            break;
        }
        damaged("its pickle makes a storage of its own");
    }

    static const Value& argument(const std::vector<Value>& items, std::size_t index)
    {
        if (index >= items.size())
            damaged();
        return items[index];
    }

    void makeOrderedDict(const std::vector<Value>& items)
    {
        Dict dict;
        if (!items.empty())
            for (const Value& pair : object<List>(items[0]).items) {
                spend(1);
                const auto& entry = itemsOf(pair);
                dict.items.emplace_back(argument(entry, 0), argument(entry, 1));
            }
        push(Object(std::move(dict)));
    }

    const std::vector<Value>& itemsOf(const Value& pair)
    {
        const auto* const reference = std::get_if<Reference>(&pair);
        const auto* const list = reference ? std::get_if<List>(&objects_[reference->index]) : nullptr;
        return list ? list->items : object<Tuple>(pair).items;
    }

    /// (storage, offset, size, stride, requires_grad, backward_hooks[, dtype in v3 | metadata])
    void rebuildTensor(const std::vector<Value>& items, std::size_t fewest, bool typeIsGiven)
    {
        if (items.size() < fewest)
            damaged();
        const Storage& storage = object<Storage>(items[0]);
        PickledTensor tensor{{}, {}, storage.key, storage.elements, size(items[1]), sizes(items[2]), sizes(items[3])};
        const auto type = typeIsGiven ? plain<GlobalValue>(items[6]).type : storage.type;
        if (!type || tensor.strides.size() != tensor.shape.size())
            damaged();
        if (!storage.type) // an untyped storage counts bytes
            tensor.storageElements /= static_cast<std::int64_t>(elementSize(*type));
        else if (elementSize(*storage.type) != elementSize(*type))
            damaged();
        tensor.type = *type;
        push(Object(std::move(tensor)));
    }

    /// ("storage", class, key, device, elements), and before torch 1.6 None, or of which other storage it was a part.
    void loadStorage()
    {
        const auto& items = object<Tuple>(pop()).items;
        if (items.size() < 5 || plain<std::string_view>(items[0]) != "storage")
            damaged("its pickle refers to something that is not in the file");
        if (items.size() > 5 && !std::holds_alternative<std::monostate>(items[5]))
            damaged("its tensors share their numbers in a way that torch gave up before 1.0");
        const auto kind = plain<GlobalValue>(items[1]);
        if (kind.global != Global::storage && kind.global != Global::untypedStorage)
            damaged();
        push(Object(Storage{kind.type, plain<std::string_view>(items[2]), size(items[4])}));
    }

    void build()
    {
        pop(); // attributes, e.g. a state dict's _metadata: of no use here
        const auto* const target = std::get_if<Reference>(&top());
        if (!target)
            unsafe("attributes for something that is no container");
    }

    void makeNew()
    {
        const Value arguments = pop();
        const auto callee = plain<GlobalValue>(pop());
        if (callee.global != Global::orderedDict || !object<Tuple>(arguments).items.empty())
            damaged();
        push(Object(Dict{}));
    }

    std::vector<PickledTensor> namedTensors(const Value& root)
    {
        std::vector<PickledTensor> tensors;
        std::unordered_map<std::string_view, std::size_t> places;
        for (const auto& [key, value] : object<Dict>(root).items) {
            const auto* const name = std::get_if<std::string_view>(&key);
            const auto* const reference = std::get_if<Reference>(&value);
            const auto* const tensor = reference ? std::get_if<PickledTensor>(&objects_[reference->index]) : nullptr;
            if (!name || !tensor)
                continue;
            const auto [place, isNew] = places.emplace(*name, tensors.size());
            if (isNew)
                tensors.push_back(*tensor);
            else
                tensors[place->second] = *tensor; // as a dictionary has it: the last one counts
            tensors[place->second].name = *name;
        }
        return tensors;
    }

    /// One opcode; false at the end. The letters are those of pickletools.
    // clang-format off
    bool step(unsigned char opcode)
    {
        switch (opcode) {
        case 0x80: take(1); break;                                                // PROTO
        case 0x95: take(8); break;                                                // FRAME
        case '.': return false;                                                   // STOP
        case '(': marks_.push_back(stack_.size()); break;                         // MARK
        case '0': pop(); break;                                                   // POP
        case '1': popToMark(); break;                                             // POP_MARK
        case '2': push(Value(top())); break;                                      // DUP
        case 'N': push(Value()); break;                                           // NONE
        case 0x88: push(Value(true)); break;                                      // NEWTRUE
        case 0x89: push(Value(false)); break;                                     // NEWFALSE
        case 'J': push(Value(std::int64_t{static_cast<std::int32_t>(takeUnsigned(4))})); break; // BININT
        case 'K': push(Value(static_cast<std::int64_t>(takeUnsigned(1)))); break; // BININT1
        case 'M': push(Value(static_cast<std::int64_t>(takeUnsigned(2)))); break; // BININT2
        case 0x8a: push(Value(takeLong(takeUnsigned(1)))); break;                 // LONG1
        case 0x8b: push(Value(takeLong(takeUnsigned(4)))); break;                 // LONG4
        case 'G': push(Value(takeDouble())); break;                               // BINFLOAT
        case 'X': case 'T': case 'B': push(Value(take(takeUnsigned(4)))); break;  // BINUNICODE, BINSTRING, BINBYTES
        case 0x8c: case 'U': case 'C': push(Value(take(takeUnsigned(1)))); break; // SHORT_BINUNICODE, SHORT_BINSTRING, SHORT_BINBYTES
        case 0x8d: case 0x8e: case 0x96: push(Value(take(takeUnsigned(8)))); break; // BINUNICODE8, BINBYTES8, BYTEARRAY8
        case ']': case 0x8f: push(Object(List{})); break;                         // EMPTY_LIST, EMPTY_SET
        case 'l': push(Object(List{popToMark()})); break;                         // LIST
        case 0x91: push(Object(List{popToMark()})); break;                        // FROZENSET
        case 'a': { const Value item = pop(); appendTo(top(), {item}); break; }   // APPEND
        case 'e': case 0x90: { auto items = popToMark(); appendTo(top(), std::move(items)); break; } // APPENDS, ADDITEMS
        case ')': push(Object(Tuple{})); break;                                   // EMPTY_TUPLE
        case 't': push(Object(Tuple{popToMark()})); break;                        // TUPLE
        case 0x85: pushTuple(1); break;                                           // TUPLE1
        case 0x86: pushTuple(2); break;                                           // TUPLE2
        case 0x87: pushTuple(3); break;                                           // TUPLE3
        case '}': push(Object(Dict{})); break;                                    // EMPTY_DICT
        case 'd': { auto items = popToMark(); push(Object(Dict{})); setItems(top(), items); break; } // DICT
        case 's': { const Value value = pop(), key = pop(); setItems(top(), {key, value}); break; } // SETITEM
        case 'u': { const auto items = popToMark(); setItems(top(), items); break; } // SETITEMS
        case 'h': recall(takeUnsigned(1)); break;                                 // BINGET
        case 'j': recall(takeUnsigned(4)); break;                                 // LONG_BINGET
        case 'q': remember(takeUnsigned(1)); break;                               // BINPUT
        case 'r': remember(takeUnsigned(4)); break;                               // LONG_BINPUT
        case 0x94: remember(memo_.size()); break;                                 // MEMOIZE
        case 'c': { const auto module = takeLine(); pushGlobal(module, takeLine()); break; } // GLOBAL
        case 0x93: { const auto name = plain<std::string_view>(pop()); pushGlobal(plain<std::string_view>(pop()), name); break; } // STACK_GLOBAL
        case 'i': { const auto module = takeLine(); unsafe(std::string(module) + "." + std::string(takeLine())); } // INST
        case 'R': call(); break;                                                  // REDUCE
        case 'b': build(); break;                                                 // BUILD
        case 0x81: makeNew(); break;                                              // NEWOBJ
        case 'Q': loadStorage(); break;                                           // BINPERSID
        case 'o': case 0x92: case 0x82: case 0x83: case 0x84: unsafe("an object of a class of its own"); // OBJ, NEWOBJ_EX, EXT1, EXT2, EXT4
        default: damaged("its pickle holds an instruction that no weights file has");
        }
        return true;
    }
    // clang-format on

    std::size_t work_ = 0;
    std::vector<Value> stack_;
    std::vector<std::size_t> marks_; ///< stack heights
    std::unordered_map<std::uint64_t, Value> memo_;
    std::deque<Object> objects_; ///< a deque: references stay valid while it grows
};

/// What `with` makes of a machine, its Problem as an error.
template <class Read> auto read(std::span<const std::byte> bytes, const std::string& path, Read with) -> Result<decltype(with(std::declval<Machine&>()))>
{
    try {
        Machine machine(bytes);
        return with(machine);
    } catch (const Problem& problem) {
        if (problem.code == "model.unsafe_weights")
            return failure(problem.code,
                           quoteName(path) + " asks to run " + quoteName(problem.why) +
                               ", which weights do not need; it was not run; get the weights as safetensors from a "
                               "source you trust.",
                           path, {{"asked", problem.why}});
        return failure(problem.code, quoteName(path) + " cannot be used: " + problem.why + "; " +
                                         (problem.code == "model.unsupported" ? "save it again as safetensors." : "fetch the file again."),
                       path);
    }
}

} // namespace

Result<std::vector<PickledTensor>> unpickleStateDict(std::span<const std::byte> pickle, const std::string& path)
{
    return read(pickle, path, [](Machine& machine) { return machine.stateDict(); });
}

Result<LegacyPickles> unpickleLegacy(std::span<const std::byte> file, const std::string& path)
{
    return read(file, path, [](Machine& machine) { return machine.legacy(); });
}

} // namespace earmark::neural
