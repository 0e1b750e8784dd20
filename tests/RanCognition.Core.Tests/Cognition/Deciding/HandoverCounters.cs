using System.Globalization;
using System.Text;

namespace RanCognition.Tests.Cognition;

/// <summary>Counters of relations as a problem's history has them.</summary>
internal sealed class HandoverCounters(int seed)
{
    public const int Periods = 24;
    public const ulong StartNs = 1_700_000_000_000_000_000;
    public const ulong StepNs = 3_600_000_000_000;
    public const ulong EndNs = StartNs + Periods * StepNs;

    private readonly Random _random = new(seed);
    private readonly StringBuilder _json = new();

    /// <summary>The members of a history.</summary>
    public string Json => _json.ToString();

    public HandoverCounters Add(string relation, int attempts, double tooLate = 0.003, double tooEarly = 0.002, double wrongCell = 0.001, double pingPong = 0.004)
    {
        int[] tries = new int[Periods];
        Array.Fill(tries, attempts);
        Write(relation, "MM.HoExeInterReq", tries);
        Write(relation, "HO.IntraSys.TooLate", Drawn(tries, tooLate));
        Write(relation, "HO.IntraSys.TooEarly", Drawn(tries, tooEarly));
        Write(relation, "HO.IntraSys.ToWrongCell", Drawn(tries, wrongCell));
        Write(relation, "HO.IntraSys.PingPong", Drawn(tries, pingPong));
        return this;
    }

    public int[] Drawn(int[] attempts, double rate) => [.. attempts.Select(count => Enumerable.Range(0, count).Count(_ => _random.NextDouble() < rate))];

    private void Write(string relation, string name, int[] values)
    {
        string separator = _json.Length == 0 ? "" : ",";
        _json.Append(CultureInfo.InvariantCulture, $"{separator}\"{relation}/{name}\":{{\"start_ns\":{StartNs},\"step_ns\":{StepNs},\"values\":[{string.Join(",", values)}]}}");
    }
}
