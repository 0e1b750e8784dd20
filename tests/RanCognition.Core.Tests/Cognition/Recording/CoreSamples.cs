using System.Globalization;
using System.Text;

namespace RanCognition.Tests.Cognition;

/// <summary>Questions and outcomes for a whole core.</summary>
internal static class CoreSamples
{
    private const ulong Start = 1_699_990_000_000_000_000;
    private const ulong Period = 900_000_000_000;

    /// <summary>A relation with or without a fault, present values of every kind, candidates or none.</summary>
    public static byte[] Problem(Random random, string mode, string more = "")
    {
        int attempts = random.Next(200, 500);
        int late = random.Next(2) == 0 ? attempts / 8 : 0;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"p\",\"network_id\":\"n\",\"problem_type\":\"MRO\",\"mode\":\"{mode}\",\"time_ns\":{Start + 30 * Period},\"guards\":{{\"PACING\":false,\"LOW_CONFIDENCE\":false}},");
        text.Append("\"history\":{");
        foreach ((string name, int value) in ((string, int)[])
        [
            ("MM.HoExeInterReq", attempts), ("MM.HoExeInterSucc", attempts - late), ("HO.IntraSys.TooLate", late), ("HO.IntraSys.TooEarly", 0), ("HO.IntraSys.ToWrongCell", 0), ("HO.IntraSys.PingPong", 1),
        ])
        {
            text.Append(name == "MM.HoExeInterReq" ? "" : ",").Append(CultureInfo.InvariantCulture, $"\"NRCellRelation=1-2/{name}\":{{\"start_ns\":{Start},\"step_ns\":{Period},\"values\":[");
            text.AppendJoin(',', Enumerable.Range(0, 24).Select(_ => (value == 0 ? 0 : Math.Max(0, value + random.Next(-3, 4))).ToString(CultureInfo.InvariantCulture))).Append("]}");
        }
        text.Append("},\"constraints\":[\"NRCellRelation=1-2/HO.IntraSys.TooLate / NRCellRelation=1-2/MM.HoExeInterReq <= 0.05\"]");
        string before = random.Next(3) switch { 0 => "1", 1 => "0.5", _ => "-2.25" };
        text.Append(CultureInfo.InvariantCulture, $",\"configuration\":{{\"NRCellRelation=1-2\":{{\"cellIndividualOffset\":{before}}},\"NRCellCU=1\":{{\"hysteresis\":2,\"note\":\"ä\"}}}}");
        if (random.Next(2) == 0)
        {
            text.Append(",\"candidates\":[[{\"managedObject\":\"NRCellRelation=1-2\",\"attribute\":\"cellIndividualOffset\",\"after\":2}],[{\"managedObject\":\"NRCellCU=1\",\"attribute\":\"hysteresis\",\"after\":1.5},{\"managedObject\":\"NRCellCU=1\",\"attribute\":\"timeToTrigger\",\"after\":80}]]");
        }
        return Encoding.UTF8.GetBytes(text.Append(more).Append('}').ToString());
    }

    /// <param name="id">Of the decision.</param>
    /// <param name="random">Else.</param>
    /// <param name="periods">At least so many after the decision: it is watched for four.</param>
    public static byte[] Outcome(ulong id, Random random, int periods = 0)
    {
        int late = random.Next(60);
        ulong time = Start + (ulong)(periods + random.Next(30, 40)) * Period;
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"decision_id\":{id},\"time_ns\":{time},\"observed\":{{\"NRCellRelation=1-2/HO.IntraSys.TooLate\":{late},\"NRCellRelation=1-2/MM.HoExeInterReq\":400}}}}"));
    }

    public static byte[] Rows(Random random)
    {
        ulong time = Start + (ulong)random.Next(40) * Period;
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"rows\":[{{\"time_ns\":{time},\"object\":\"NRCellDU={random.Next(3)}\",\"metric\":\"RRU.PrbTotDl\",\"value\":{random.NextDouble() * 100}}},{{\"time_ns\":{time + Period},\"object\":\"NRCellDU=1\",\"metric\":\"RRU.PrbTotUl\",\"value\":{random.Next(100)}}}]}}"));
    }
}
