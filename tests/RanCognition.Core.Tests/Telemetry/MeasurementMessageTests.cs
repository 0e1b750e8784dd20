using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Telemetry;

/// <summary>What is taken of messages, compared with a second reading.</summary>
public class MeasurementMessageTests
{
    [Theory]
    [InlineData("ts32435_pm_ericsson_style.xml")]
    [InlineData("ts28532_pm_keysight_gnb1.xml")]
    [InlineData("ves_perf3gpp_pm_report.json")]
    public void Real_messages_are_taken_as_a_second_reading_takes_them(string name)
    {
        byte[] message = File.ReadAllBytes(TestPaths.Data(Path.Combine("oran", name)));
        MeasurementBatch batch = Read(message);
        string text = Encoding.UTF8.GetString(message);
        (name.EndsWith("xml", StringComparison.Ordinal) ? ReferenceReading.OfXml(text) : ReferenceReading.OfJson(text)).AssertEqual(batch);
        Assert.True(batch.Report.Samples > 20);
        Assert.Empty(batch.Report.Ignored);
    }

    [Fact]
    public void Generated_files_are_taken_as_a_second_reading_takes_them()
    {
        ulong samples = 0;
        HashSet<string> reasons = [];
        for (int seed = 0; seed < 400; seed++)
        {
            string text = new MessageMaker(seed).Xml(isOfCollection: seed % 2 == 0);
            MeasurementBatch batch = Read(Encoding.UTF8.GetBytes(text));
            ReferenceReading.OfXml(text).AssertEqual(batch);
            samples += batch.Report.Samples;
            reasons.UnionWith(batch.Report.Skipped.Select(skipped => skipped.Why));
        }
        Assert.True(samples > 500, $"{samples} samples");
        Assert.Equal(5, reasons.Count);
    }

    [Fact]
    public void Generated_json_messages_are_taken_as_a_second_reading_takes_them()
    {
        Dictionary<MeasurementFormat, ulong> samples = [];
        for (int seed = 0; seed < 900; seed++)
        {
            MessageMaker maker = new(seed);
            string text = (seed % 3) switch { 0 => maker.Events(), 1 => maker.Cells(), _ => maker.Rows() };
            MeasurementBatch batch = Read(Encoding.UTF8.GetBytes(text));
            ReferenceReading.OfJson(text).AssertEqual(batch);
            samples[batch.Report.Format] = samples.GetValueOrDefault(batch.Report.Format) + batch.Report.Samples;
        }
        Assert.Equal(3, samples.Count);
        Assert.All(samples.Values, count => Assert.True(count > 300));
    }

    [Fact]
    public void The_first_reason_that_applies_is_the_one_that_counts()
    {
        MeasurementBatch batch = Read("""
            <measCollecFile><measData>
             <measInfo><granPeriod duration="PT900S"/><measType p="1">A</measType>
              <measValue measObjLdn="C=1"><r p="9">x</r><suspect>TRUE</suspect></measValue><measValue measObjLdn="C=1"><r p="9">x</r><r p="1">2</r></measValue></measInfo>
             <measInfo><granPeriod duration="PT900S" endTime="2024-01-01T00:15:00Z"/><measType p="1">A</measType>
              <measValue measObjLdn="C=1"><r p="9"></r><r>3</r><r p="1"> , </r><r p="1">1,x</r><r p="1"> 0,3 ,1</r><r p="1">8</r></measValue></measInfo>
            </measData></measCollecFile>
            """u8);
        Assert.Equal(["suspect 1", "bad_time 2", "missing_type 2", "empty 1", "not_a_number 1"], batch.Report.Skipped.Select(skipped => $"{skipped.Why} {skipped.Count}"));
        Assert.Equal(["C=1/A[0] 0", "C=1/A[1] 3", "C=1/A[2] 1", "C=1/A 8"], batch.Series.Select(series => $"{series.Key} {series.Values.Single()}"));
        Assert.Equal((1, 1, 4UL), (batch.Report.Objects, batch.Report.Metrics, batch.Report.Samples));
        Assert.Equal(1_704_067_200_000_000_000UL, batch.Report.FromNs);
        Assert.Equal(1_704_068_100_000_000_000UL, batch.Report.ToNs);
        Assert.Equal([900_000_000_000UL], batch.Report.GranularityNs);
        Assert.EndsWith("C=1/A", batch.Report.Skipped[3].What, StringComparison.Ordinal);
    }

    [Fact]
    public void Series_are_sorted_by_time_and_the_later_value_of_one_time_wins()
    {
        MeasurementBatch batch = Read("""
            {"rows":[{"time_ns":30,"object":"a","metric":"m","value":1},{"time_ns":10,"object":"a","metric":"m","value":2},
             {"time_ns":20,"object":"a","metric":"m","value":3},{"time_ns":10,"object":"a","metric":"m","value":"4"},{"time_ns":30,"object":"a","metric":"m","value":5}]}
            """u8);
        MeasuredSeries series = Assert.Single(batch.Series);
        Assert.Equal([10UL, 20UL, 30UL], series.TimesNs);
        Assert.Equal([4.0, 3.0, 5.0], series.Values);
        Assert.Equal(5UL, batch.Report.Samples);
        Assert.Equal((10UL, 30UL), (batch.Report.FromNs, batch.Report.ToNs));
    }

    [Fact]
    public void Many_samples_out_of_order_come_sorted_as_a_stable_sort_puts_them()
    {
        Random random = new(5);
        StringBuilder text = new("{\"rows\":[");
        SortedDictionary<ulong, double> expected = [];
        for (int i = 0; i < 3000; i++)
        {
            ulong time = (ulong)random.Next(2000);
            expected[time] = i;
            text.Append(i == 0 ? "" : ",").Append($"{{\"object\":\"o\",\"metric\":\"m\",\"value\":{i},\"time_ns\":{time}}}");
        }
        MeasuredSeries series = Assert.Single(Read(Encoding.UTF8.GetBytes(text + "]}")).Series);
        Assert.Equal(expected.Keys, series.TimesNs);
        Assert.Equal(expected.Values, series.Values);
    }

    [Fact]
    public void What_ends_after_the_clock_is_taken_and_said_once()
    {
        byte[] message = """{"rows":[{"time_ns":10,"object":"a","metric":"m","value":1},{"time_ns":20,"object":"a","metric":"n","value":2},{"time_ns":30,"object":"a","metric":"n","value":2}]}"""u8.ToArray();
        MeasurementBatch batch = Ingest.Read(message, 1000, nowNs: 19, "message");
        Assert.Equal(3UL, batch.Report.Samples);
        IgnoredField ignored = Assert.Single(batch.Report.Ignored);
        Assert.Equal("/a/n", ignored.Field);
        Assert.StartsWith("2 samples", ignored.Reason, StringComparison.Ordinal);
        Assert.Empty(Ingest.Read(message, 1000, nowNs: 30, "message").Report.Ignored);
    }

    [Fact]
    public void What_several_entities_measured_is_kept_under_each_of_them()
    {
        string Data(string entity, int value) => $"<measData>{entity}<measInfo><granPeriod duration='PT1S' endTime='2024-01-01T00:00:00Z'/><measType p='1'>m</measType><measValue measObjLdn='C=1'><r p='1'>{value}</r></measValue></measInfo></measData>";
        string Event(string entity, int value) => "{\"commonEventHeader\":{\"sourceName\":\"S\",\"lastEpochMicrosec\":1704067200000000},\"perf3gppFields\":{\"measDataCollection\":{\"granularityPeriod\":1," + entity
            + $"\"measInfoList\":[{{\"measTypes\":{{\"sMeasTypesList\":[\"m\"]}},\"measValuesList\":[{{\"measObjInstId\":\"C=1\",\"measResults\":[{{\"p\":1,\"sValue\":\"{value}\"}}]}}]}}]}}}}}}";
        foreach ((string message, string nameless) in ((string, string)[])
        [
            ($"<measDataFile>{Data("<measEntity localDn='A'/>", 1)}{Data("<measEntity localDn='B'/>", 2)}{Data("<measEntity localDn='A'/>", 3)}{Data("", 4)}</measDataFile>", "A"),
            ($"{{\"eventList\":[{Event("\"measuredEntityDn\":\"A\",", 1)},{Event("\"measuredEntityDn\":\"B\",", 2)},{Event("\"measuredEntityUserName\":\"A\",", 3)},{Event("", 4)}]}}", "S"),
        ])
        {
            MeasurementBatch batch = Read(Encoding.UTF8.GetBytes(message));
            Assert.Equal(("A", 1, 1, 4UL), (batch.Report.NetworkId, batch.Report.Objects, batch.Report.Metrics, batch.Report.Samples));
            Dictionary<string, double> kept = batch.Series.ToDictionary(series => series.NetworkId!, series => Assert.Single(series.Values));
            Assert.Equal(2, kept["B"]);
            Assert.Equal(nameless == "A" ? 4 : 3, kept["A"]);
            Assert.Equal(4, kept[nameless]);
        }
    }

    [Fact]
    public void Measured_entities_of_a_message_are_bounded()
    {
        string Message(int entities) => $"<measDataFile>{string.Concat(Enumerable.Range(0, entities).Select(i => $"<measData><measEntity localDn='{i}'/></measData>"))}</measDataFile>";
        Assert.Equal(0UL, Read(Encoding.UTF8.GetBytes(Message(4096))).Report.Samples);
        Assert.Equal("message: more than 4096 measured entities in a message", Assert.Throws<LimitExceededException>(() => Read(Encoding.UTF8.GetBytes(Message(4097)))).Message);
    }

    [Fact]
    public void A_start_beyond_all_times_is_behind_the_end()
    {
        string Event(string start) => "{\"event\":{\"commonEventHeader\":{\"lastEpochMicrosec\":1704067200000000,\"startEpochMicrosec\":" + start + "},\"perf3gppFields\":{\"measDataCollection\":{\"granularityPeriod\":1,"
            + "\"measInfoList\":[{\"measTypes\":{\"sMeasTypesList\":[\"m\"]},\"measValuesList\":[{\"measObjInstId\":\"C=1\",\"measResults\":[{\"p\":1,\"sValue\":\"2\"}]}]}]}}}}";
        Assert.Equal("bad_time", Assert.Single(Read(Encoding.UTF8.GetBytes(Event("100000000000000000"))).Report.Skipped).Why);
        Assert.Equal(1UL, Read(Encoding.UTF8.GetBytes(Event("\"soon\""))).Report.Samples);     // not known
    }

    [Fact]
    public void Nothing_taken_has_no_times()
    {
        IngestReport report = Read("""{"rows":[]}"""u8).Report;
        Assert.Equal((0UL, null, null), (report.Samples, report.FromNs, report.ToNs));
        Assert.Equal(MeasurementFormat.Rows, report.Format);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("iso-8859-1")]
    [InlineData("utf-8")]
    public void A_file_reads_the_same_in_every_encoding(string name)
    {
        string text = $"<?xml version='1.0' encoding='{(name.StartsWith("utf-16", StringComparison.Ordinal) ? "utf-16" : name)}'?><measDataFile><measData><measEntity localDn='Zürich'/><measInfo>"
            + "<granPeriod duration='PT1S' endTime='2024-01-01T00:00:00Z'/><measType p='1'>größe</measType><measValue measObjLdn='ß'><r p='1'>1.5</r></measValue></measInfo></measData></measDataFile>";
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] message = [.. name == "iso-8859-1" ? [] : encoding.GetPreamble(), .. encoding.GetBytes(text)];
        MeasurementBatch batch = Read(message);
        Assert.Equal("Zürich", batch.Report.NetworkId);
        Assert.Equal("ß/größe", Assert.Single(batch.Series).Key);
        ReferenceReading.OfXml(text).AssertEqual(batch);
    }

    [Fact]
    public void A_report_is_written_as_the_contract_names_it_and_read_back()
    {
        IngestReport report = Read(File.ReadAllBytes(TestPaths.Data("oran/ves_perf3gpp_pm_report.json"))).Report;
        report.ExecutionTime = 7;
        System.Buffers.ArrayBufferWriter<byte> target = new();
        JsonOut.IngestReport(report, target);
        IngestReport back = ContractJson.Read<IngestReport>(target.WrittenSpan);
        Assert.Equal(Encoding.UTF8.GetString(target.WrittenSpan), Encoding.UTF8.GetString(ContractJson.Write(back)));
        Assert.Equivalent(report, back, strict: true);
        Assert.StartsWith("{\"format\":\"ves_perf3gpp\",\"network_id\":\"SubNetwork=CountryNN,MeContext=MEC-Gbg-1,ManagedElement=RNC-Gbg-1\",\"objects\":", Encoding.UTF8.GetString(target.WrittenSpan), StringComparison.Ordinal);
    }

    private static MeasurementBatch Read(ReadOnlySpan<byte> message) => Ingest.Read(message, 1 << 26, ulong.MaxValue, "message");
}
