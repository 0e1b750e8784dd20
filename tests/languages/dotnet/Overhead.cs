using System.Diagnostics;
using System.Globalization;
using RanCognition.Interop;

namespace RanCognition.Languages;

/// <summary>What calls cost in .NET: lines "name, tab, nanoseconds a call" (median of rounds).</summary>
internal static class Overhead
{
    private const int Rounds = 51;

    public static void Measure()
    {
        byte[] problem = """{"id":"p","network_id":"unknown","problem_type":"t","current_state":{"RRU.PrbTotDl":61.5},"objectives":[],"constraints":["RRU.PrbTotDl <= 80"]}"""u8.ToArray();
        using TemporalCore core = new(200, 24);
        using Scheduler queue = new("""{"mode":"virtual"}""");
        uint handler = queue.RegisterHandler("nothing", _ => null);
        RancogTask[] batch = Enumerable.Repeat(Scheduler.Task(handler, 0), 1000).ToArray();
        RancogTaskOutcome[] outcomes = new RancogTaskOutcome[batch.Length];
        double[] values = Enumerable.Range(0, 1008).Select(i => 50 + (20 * Math.Sin(i * 2 * Math.PI / 24)) + (i % 7)).ToArray();
        ulong moment = 1700000000000000000;
        Row("the clock", 10000, 1, () => _ = RanCognitionLibrary.NanoTime);
        Row("a checked handle, no result", 10000, 1, () => core.SetConsciousnessLevel(1.0));
        Row("a JSON result, as text", 2000, 1, () => core.GetPerformanceMetricsJson());
        Row("a JSON result, as objects", 2000, 1, () => core.GetPerformanceMetrics());
        Row("one sample observed", 2000, 1, () => core.Observe("n", "RRU.PrbTotDl", [moment += 1000000000], [50.0]));
        Row("a task: scheduled, run, handler called", 10, 1000, () =>
        {
            queue.ScheduleBatch(batch);
            queue.ExecuteReadyBatch(outcomes);
        });
        Row("a small problem analysed, as text", 100, 1, () => core.ExpandSubjectiveTime(problem));
        Row("a small problem analysed, as objects", 100, 1, () => Contracts(core, problem));
        Row("a forecast, 1008 samples, 48 ahead", 5, 1, () => core.Forecast(values, 3_600_000_000_000, 48));
    }

    private static void Contracts(TemporalCore core, byte[] problem) =>
        Json.ContractJson.Read<RanCognition.Contracts.TemporalAnalysisResult>(System.Text.Encoding.UTF8.GetBytes(core.ExpandSubjectiveTime(problem)));

    private static void Row(string name, int calls, int units, Action call)
    {
        double[] times = new double[Rounds];
        for (int round = -5; round < Rounds; round++)   // the first ones let the compiler do its work
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < calls; i++)
            {
                call();
            }
            double ns = Stopwatch.GetElapsedTime(start).TotalNanoseconds / ((double)calls * units);
            times[Math.Max(round, 0)] = ns;
        }
        Array.Sort(times);
        Console.WriteLine($"{name}\t{times[Rounds / 2].ToString("F1", CultureInfo.InvariantCulture)}");
    }
}
