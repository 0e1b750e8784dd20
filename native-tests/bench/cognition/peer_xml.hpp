/* The same XML, read by libxml2 when it was found. */
#ifndef COGNITION_PEER_XML_HPP
#define COGNITION_PEER_XML_HPP

#include <cstddef>
#include <string>

bool has_peer_xml();

/* Numbers in the elements r of the message, each turned into a double; nothing is kept. */
size_t read_by_peer(const std::string &message);

#endif
