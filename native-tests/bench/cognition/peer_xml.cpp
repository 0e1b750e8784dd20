#include "peer_xml.hpp"

#ifdef BENCH_LIBXML2

#include <cstdlib>
#include <cstring>
#include <libxml/xmlreader.h>

#include "answers.hpp"

bool has_peer_xml()
{
    return true;
}

size_t read_by_peer(const std::string &message)
{
    xmlTextReaderPtr reader = xmlReaderForMemory(message.data(), static_cast<int>(message.size()), nullptr, nullptr, XML_PARSE_NONET | XML_PARSE_HUGE);
    size_t numbers = 0;
    bool in_result = false;
    int more = reader ? xmlTextReaderRead(reader) : -1;
    for (; more == 1; more = xmlTextReaderRead(reader)) {
        const int kind = xmlTextReaderNodeType(reader);
        if (kind == XML_READER_TYPE_ELEMENT) {
            in_result = std::strcmp(reinterpret_cast<const char *>(xmlTextReaderConstLocalName(reader)), "r") == 0;
        } else if (kind == XML_READER_TYPE_END_ELEMENT) {
            in_result = false;
        } else if (kind == XML_READER_TYPE_TEXT && in_result) {
            const char *text = reinterpret_cast<const char *>(xmlTextReaderConstValue(reader));
            char *end;
            std::strtod(text, &end);
            numbers += end != text;
        }
    }
    xmlFreeTextReader(reader);
    if (more != 0) {
        fail("libxml2", "the message is not well-formed");
    }
    return numbers;
}

#else

bool has_peer_xml()
{
    return false;
}

size_t read_by_peer(const std::string &)
{
    return 0;
}

#endif
