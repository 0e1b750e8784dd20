#include "messages.hpp"

#include <fstream>
#include <sstream>

#include "answers.hpp"
#include "random.hpp"

const std::vector<std::string> message_formats = {"ves_perf3gpp", "ts32435_xml", "ts28532_xml", "e2sm_kpm", "rows"};

namespace {

constexpr size_t counters = 40;

std::string counter(size_t place)
{
    return "DRB.PmCounterNumber" + std::to_string(place);
}

std::string value(random_numbers &random)
{
    return std::to_string(random.below(1000000));
}

/* One object after another until the size is reached. */
template <typename write_object> message written(const std::string &head, const std::string &tail, size_t bytes, const write_object &write)
{
    message made;
    made.text.reserve(bytes + bytes / 16);
    made.text = head;
    random_numbers random(17);
    for (size_t object = 1; made.text.size() < bytes; object++) {
        write(made.text, object, random);
        made.numbers += counters;
    }
    made.text += tail;
    return made;
}

message ves(size_t bytes)
{
    std::string head = "{\"event\":{\"commonEventHeader\":{\"domain\":\"perf3gpp\",\"eventName\":\"perf3gpp_gnb_pmMeasResult\",\"sourceName\":\"O-DU-1\",\"startEpochMicrosec\":1700000000000000,"
                       "\"lastEpochMicrosec\":1700000900000000},\"perf3gppFields\":{\"perf3gppFieldsVersion\":\"1.0\",\"measDataCollection\":{\"granularityPeriod\":900,\"measuredEntityDn\":\"ManagedElement=1\","
                       "\"measInfoList\":[{\"measInfoId\":{\"sMeasInfoId\":\"PM=1\"},\"measTypes\":{\"sMeasTypesList\":[";
    for (size_t place = 1; place <= counters; place++) {
        head += (place > 1 ? ",\"" : "\"") + counter(place) + "\"";
    }
    return written(head + "]},\"measValuesList\":[", "]}]}}}}", bytes, [](std::string &text, size_t object, random_numbers &random) {
        text += (object > 1 ? ",{\"measObjInstId\":\"NRCellDU=" : "{\"measObjInstId\":\"NRCellDU=") + std::to_string(object) + "\",\"suspectFlag\":\"false\",\"measResults\":[";
        for (size_t place = 1; place <= counters; place++) {
            text += (place > 1 ? ",{\"p\":" : "{\"p\":") + std::to_string(place) + ",\"sValue\":\"" + value(random) + "\"}";
        }
        text += "]}";
    });
}

message xml(bool of_32435, size_t bytes)
{
    const std::string root = of_32435 ? "measCollecFile" : "measDataFile", collection = of_32435 ? "measCollec" : "measData", entity = of_32435 ? "managedElement" : "measEntity";
    const std::string space = of_32435 ? "http://www.3gpp.org/ftp/specs/archive/32_series/32.435#measCollec" : "http://www.3gpp.org/ftp/specs/archive/28_series/28.532#measData";
    std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + root + " xmlns=\"" + space + "\">\n<fileHeader fileFormatVersion=\"" + (of_32435 ? "32.435 V10.0" : "28.532 V16.0.0") +
                       "\" vendorName=\"V\"><" + collection + " beginTime=\"2023-11-14T22:00:00+00:00\"/></fileHeader>\n<measData><" + entity + " localDn=\"ManagedElement=1\"/>\n<measInfo measInfoId=\"PM=1\">"
                       "<granPeriod duration=\"PT900S\" endTime=\"2023-11-14T22:15:00+00:00\"/>\n";
    for (size_t place = 1; place <= counters; place++) {
        head += "<measType p=\"" + std::to_string(place) + "\">" + counter(place) + "</measType>\n";
    }
    return written(head, "</measInfo></measData>\n<fileFooter><" + collection + " endTime=\"2023-11-14T22:15:00+00:00\"/></fileFooter>\n</" + root + ">\n", bytes,
                   [](std::string &text, size_t object, random_numbers &random) {
                       text += "<measValue measObjLdn=\"GNBDUFunction=1,NRCellDU=" + std::to_string(object) + "\">\n";
                       for (size_t place = 1; place <= counters; place++) {
                           text += "  <r p=\"" + std::to_string(place) + "\">" + value(random) + "</r>\n";
                       }
                       text += "  <suspect>false</suspect>\n</measValue>\n";
                   });
}

message kpm(size_t bytes)
{
    return written("{\"timestamp\":1700000900,\"cells\":[", "]}", bytes, [](std::string &text, size_t object, random_numbers &random) {
        text += (object > 1 ? ",{\"cell_metrics\":{\"pci\":" : "{\"cell_metrics\":{\"pci\":") + std::to_string(object);
        for (size_t place = 1; place <= counters; place++) {
            text += ",\"" + counter(place) + "\":" + value(random);
        }
        text += "},\"ue_list\":[]}";
    });
}

message rows(size_t bytes)
{
    return written("{\"rows\":[", "]}", bytes, [](std::string &text, size_t object, random_numbers &random) {
        for (size_t place = 1; place <= counters; place++) {
            text += (object > 1 || place > 1 ? ",{\"time_ns\":1700000900000000000,\"object\":\"NRCellDU=" : "{\"time_ns\":1700000900000000000,\"object\":\"NRCellDU=") + std::to_string(object) + "\",\"metric\":\"" + counter(place) +
                    "\",\"value\":" + value(random) + "}";
        }
    });
}

} // namespace

message make_message(const std::string &format, size_t bytes)
{
    if (format == "ves_perf3gpp") {
        return ves(bytes);
    }
    if (format == "ts32435_xml" || format == "ts28532_xml") {
        return xml(format == "ts32435_xml", bytes);
    }
    return format == "e2sm_kpm" ? kpm(bytes) : rows(bytes);
}

std::string read_file(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (!(text << file.rdbuf())) {
        fail("cannot be read", path.c_str());
    }
    return text.str();
}
