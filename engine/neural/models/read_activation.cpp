#include "engine/neural/models/activation.h"

namespace earmark::neural
{

Activation readActivation(ConfigReader& read, const char* key, const char* byDefault)
{
    const std::string name = read.text(key, byDefault);
    const Activation found = findActivation(name);
    read.require(found, std::string("its ") + key + " is “" + name + "”, an activation that Earmark does not compute");
    return found ? found : gelu;
}

} // namespace earmark::neural
