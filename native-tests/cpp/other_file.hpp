// A second file of the same program that includes rancognition.hpp.
#ifndef OTHER_FILE_HPP
#define OTHER_FILE_HPP

#include <stdexcept>
#include <string_view>

#include "rancognition.hpp"

namespace other_file {

struct own_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

void schedule(const rancog::scheduler &queue, std::string_view type);
void register_thrower(const rancog::scheduler &queue);
void optimize_with_thrower(const rancog::optimization &core, std::string_view problem);
void solve_with_thrower(const rancog::strange_loop &core, std::string_view request);
void decide_with_thrower(const rancog::cognitive &core, std::string_view problem);

} // namespace other_file

#endif
