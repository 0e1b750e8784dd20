/* The definition of a conflict, pair by pair and sample by sample. */
#ifndef STRANGE_LOOP_PLAIN_CONFLICTS_HPP
#define STRANGE_LOOP_PLAIN_CONFLICTS_HPP

#include "conflict_scenes.hpp"

/* Pairs in order, each as "first second class group cell metric"; what does not apply is "-". */
std::vector<std::string> plain_conflicts(const conflict_scene &scene);

#endif
