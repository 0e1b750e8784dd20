using System.Globalization;
using System.Text;
using System.Text.Json;
using RanCognition.Contracts;
using RanCognition.Modules;

namespace RanCognition.Tests.Cognition;

/// <summary>From a file of measurements under distinguished names to a decision and its outcome.</summary>
public class DistinguishedDecisionTests
{
    private const string Element = "ManagedElement=gNB1";
    private const string Relation = Element + ",GNBCUCPFunction=1,NRCellCU=1,NRCellRelation=2";

    private static readonly string[] Names = ["MM.HoExeInterReq", "HO.IntraSys.TooLate", "HO.IntraSys.TooEarly", "HO.IntraSys.ToWrongCell"];

    [Fact]
    public void A_file_of_handover_counters_leads_to_the_cause_the_action_and_the_outcome()
    {
        using CognitiveSession session = Session();
        Ingest(session);
        JsonElement decision = Decide(session, "\"network_id\":\"gNB1\"");
        Assert.Equal("too_late", decision.GetProperty("cause").GetProperty("name").GetString());
        Assert.Equal(Relation, decision.GetProperty("cause").GetProperty("managedObject").GetString());
        JsonElement action = Assert.Single(decision.GetProperty("actions").EnumerateArray());
        Assert.Equal((Relation, "cellIndividualOffset", 2.0), (action.GetProperty("managedObject").GetString(), action.GetProperty("attribute").GetString(), action.GetProperty("after").GetDouble()));
        ExplanationCheck.Numbers(decision);
        Assert.Equal("ROLL_BACK", Verdict(session, 1, late: 400));

        decision = Decide(session, "\"network_id\":\"gNB1\"");
        Assert.Equal("KEPT", Verdict(session, 2, late: 1));
    }

    [Fact]
    public void Given_and_ingested_histories_lead_to_one_decision()
    {
        using CognitiveSession given = Session(), kept = Session();
        Ingest(kept);
        StringBuilder history = new();
        foreach ((string relation, double late) in Relations)
        {
            foreach (string name in Names)
            {
                IEnumerable<double> values = Enumerable.Range(0, HandoverCounters.Periods).Select(period => Value(name, period, late));
                history.Append(CultureInfo.InvariantCulture, $",\"{relation}/{name}\":{{\"start_ns\":{HandoverCounters.StartNs},\"step_ns\":{HandoverCounters.StepNs},\"values\":[{string.Join(',', values)}]}}");
            }
        }
        JsonElement first = Decide(given, "\"history\":{" + history.ToString()[1..] + "}"), second = Decide(kept, "\"network_id\":\"gNB1\"");
        foreach (string member in (string[])["cause", "causes", "actions", "guards", "rollback", "confidence", "expected"])
        {
            Assert.Equal(first.GetProperty(member).GetRawText(), second.GetProperty(member).GetRawText());
        }
    }

    [Fact]
    public void A_decision_is_that_of_the_local_names()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            HandoverCounters counters = new HandoverCounters(seed).Add("NRCellRelation=1-2", 60, tooLate: seed % 3 == 0 ? 0.1 : 0.003).Add("NRCellRelation=1-3", 60, tooEarly: seed % 3 == 1 ? 0.1 : 0.002);
            string members = $$"""
                "seed":{{seed}},"guards":{"LOW_CONFIDENCE":false},"history":{ {{counters.Json}} },
                "configuration":{"NRCellRelation=1-2":{"cellIndividualOffset":{{seed % 7}}},"NRCellDU=3":{"administrativeState":"{{(seed % 2 == 0 ? "LOCKED" : "UNLOCKED")}}"} }
                """;
            using CognitiveSession local = Session();
            string expected = Known(Decide(local, members));
            foreach (string style in DistinguishedNames.Styles)
            {
                using CognitiveSession session = Session();
                Assert.Equal(DistinguishedNames.In(expected, "gNB1", style), Known(Decide(session, DistinguishedNames.In(members, "gNB1", style))));
            }
        }
    }

    [Theory]
    [InlineData("\"protected\":[\"NRCellDU=2\"]", "PROTECTED_CELL")]
    [InlineData("\"configuration\":{\"ManagedElement=gNB1,GNBDUFunction=1,NRCellDU=2\":{\"administrativeState\":\"LOCKED\"}}", "TARGET_ASLEEP")]
    [InlineData("\"configuration\":{\"ManagedElement=gNB1,GNBCUCPFunction=1,NRCellCU=1,NRCellRelation=2\":{\"cellIndividualOffset\":6}}", "AT_BOUND")]
    public void A_guard_takes_the_action_out(string member, string guard)
    {
        using CognitiveSession session = Session();
        Ingest(session);
        JsonElement decision = Decide(session, "\"network_id\":\"gNB1\"," + member);
        Assert.Equal(0, decision.GetProperty("actions").GetArrayLength());
        Assert.Contains(guard, decision.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_executed_decision_paces_the_next_one()
    {
        using CognitiveSession session = Session();
        Ingest(session);
        Assert.Equal(1, Decide(session, "\"network_id\":\"gNB1\",\"mode\":\"AUTONOMOUS\"").GetProperty("actions").GetArrayLength());
        JsonElement decision = Decide(session, "\"network_id\":\"gNB1\",\"mode\":\"AUTONOMOUS\"");
        Assert.Equal(0, decision.GetProperty("actions").GetArrayLength());
        Assert.Contains("PACING", decision.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    private static (string Relation, double Late)[] Relations => [(Relation, 12), (Element + ",GNBCUCPFunction=1,NRCellCU=2,NRCellRelation=1", 0)];

    private static double Value(string name, int period, double late) => name == Names[0] ? 100 + period : name == Names[1] ? late : 0;

    private static CognitiveSession Session() => new(new CognitiveOptions { Seed = 1 }, new FixedHost(HandoverCounters.EndNs));

    /// <summary>One file of TS 32.435 for each period.</summary>
    private static void Ingest(CognitiveSession session)
    {
        for (int period = 0; period < HandoverCounters.Periods; period++)
        {
            string end = DateTime.UnixEpoch.AddSeconds((HandoverCounters.StartNs + (ulong)(period + 1) * HandoverCounters.StepNs) / 1e9).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            StringBuilder file = new($"""
                <?xml version="1.0" encoding="UTF-8"?>
                <measCollecFile xmlns="http://www.3gpp.org/ftp/specs/archive/32_series/32.435#measCollec">
                <fileHeader fileFormatVersion="32.435 V10.0" vendorName="maker"><fileSender localDn="gNB1"/><measCollec beginTime="{end}"/></fileHeader>
                <measData><managedElement localDn="gNB1"/><measInfo measInfoId="mobility"><granPeriod duration="PT3600S" endTime="{end}"/>
                """);
            for (int name = 0; name < Names.Length; name++)
            {
                file.Append(CultureInfo.InvariantCulture, $"<measType p=\"{name + 1}\">{Names[name]}</measType>");
            }
            foreach ((string relation, double late) in Relations)
            {
                file.Append(CultureInfo.InvariantCulture, $"<measValue measObjLdn=\"{relation}\">");
                for (int name = 0; name < Names.Length; name++)
                {
                    file.Append(CultureInfo.InvariantCulture, $"<r p=\"{name + 1}\">{Value(Names[name], period, late)}</r>");
                }
                file.Append("</measValue>");
            }
            file.Append(CultureInfo.InvariantCulture, $"</measInfo></measData><fileFooter><measCollec endTime=\"{end}\"/></fileFooter></measCollecFile>");
            Assert.Equal(8, Read(session.Ingest(Encoding.UTF8.GetBytes(file.ToString()))).GetProperty("samples").GetInt32());
        }
    }

    private static JsonElement Decide(CognitiveSession session, string members) => Read(session.Decide(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"problem_type\":\"MRO\",\"time_ns\":{HandoverCounters.EndNs},{members}}}")), default));

    private static string Verdict(CognitiveSession session, int decision, double late)
    {
        string outcome = string.Create(
            CultureInfo.InvariantCulture, $"{{\"decision_id\":{decision},\"time_ns\":{2 * HandoverCounters.EndNs},\"observed\":{{\"{Relation}/HO.IntraSys.TooLate\":{late},\"{Relation}/MM.HoExeInterReq\":1000}}}}");
        return Read(session.ReportOutcome(Encoding.UTF8.GetBytes(outcome))).GetProperty("verdict").GetString()!;
    }

    /// <summary>What was decided; futures are drawn by the names of their metrics.</summary>
    private static string Known(JsonElement decision) => string.Join('\n', ((string[])["cause", "causes", "actions", "rollback"]).Select(member => decision.GetProperty(member).GetRawText()));

    private static JsonElement Read(byte[] json) => JsonDocument.Parse(json).RootElement;
}
