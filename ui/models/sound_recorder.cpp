#include "ui/models/sound_recorder.h" // for its meta-object
