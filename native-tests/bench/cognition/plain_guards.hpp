/* The guards written down once more from their description: what a decision must not do. */
#ifndef COGNITION_PLAIN_GUARDS_HPP
#define COGNITION_PLAIN_GUARDS_HPP

#include <cstdint>
#include <map>
#include <string>
#include <vector>

/* What a decision about one relation was made from. */
struct guarded_scene {
    uint64_t time_ns = 0;
    size_t from = 0, to = 0;
    double attempts = 0;                  /* in the judged window; below 0: does not count here */
    std::vector<std::string> protected_objects, asleep; /* NRCellDU=.. or NRCellCU=.. */
};

class plain_guards {
public:
    /* Names of the guards that should have taken an action out, one for each of them and each action. Remembers the actions as executed. */
    std::vector<std::string> violations(const std::string &decision, const guarded_scene &scene);

private:
    std::map<std::string, uint64_t> executed_ns_; /* by managed object: the latest change */
};

#endif
