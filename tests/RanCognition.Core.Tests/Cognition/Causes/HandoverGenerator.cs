using RanCognition.Numerics;

namespace RanCognition.Tests.Cognition;

/// <summary>Handover counters of a relation over a day or more: Poisson attempts with a daily profile, of which some have a problem, each kind with its own chance.</summary>
internal sealed class HandoverGenerator(ulong seed)
{
    public static readonly string[] Names = ["HO.IntraSys.TooLate", "HO.IntraSys.TooEarly", "HO.IntraSys.ToWrongCell", "HO.IntraSys.PingPong"];
    public static readonly string[] Causes = ["too_late", "too_early", "wrong_cell", "ping_pong"];

    private RandomStream _random = new(seed);

    public double[] Attempts { get; private set; } = [];

    /// <summary>By kind.</summary>
    public double[][] Problems { get; private set; } = [];

    public double Uniform(double lower, double upper) => lower + (upper - lower) * _random.NextDouble();

    public int Choice(int count) => (int)(_random.NextDouble() * count);

    public void Make(double meanAttempts, double[] rates, int periods)
    {
        Attempts = new double[periods];
        Problems = [new double[periods], new double[periods], new double[periods], new double[periods]];
        double phase = Uniform(0, 96);
        for (int t = 0; t < periods; t++)
        {
            Attempts[t] = Poisson(meanAttempts * (1 + .6 * Math.Sin(2 * Math.PI * (t + phase) / 96)));
            double left = Attempts[t];
            for (int kind = 0; kind < 4; kind++)
            {
                Problems[kind][t] = Math.Min(left, Binomial(Attempts[t], rates[kind]));
                left -= Problems[kind][t];
            }
        }
    }

    public double Sum(double[] values)
    {
        double sum = 0;
        for (int t = Math.Max(0, values.Length - 24); t < values.Length; t++)
        {
            sum += values[t];
        }
        return sum;
    }

    public CauseSituation Add(CauseSituation situation, string relation, string attempts = "MM.HoExeInterReq")
    {
        situation.History(relation + "/" + attempts, Attempts);
        for (int kind = 0; kind < 4; kind++)
        {
            situation.History(relation + "/" + Names[kind], Problems[kind]);
        }
        return situation;
    }

    private double Poisson(double mean)
    {
        double count = 0;
        for (double time = -Math.Log(1 - _random.NextDouble()); time < mean; time -= Math.Log(1 - _random.NextDouble()))
        {
            count++;
        }
        return count;
    }

    // By the gaps between successes, which are geometric.
    private double Binomial(double attempts, double share)
    {
        double count = 0;
        if (share <= 0)
        {
            return 0;
        }
        for (double at = Gap(share); at <= attempts; at += Gap(share))
        {
            count++;
        }
        return count;
    }

    private double Gap(double share) => Math.Floor(Math.Log(1 - _random.NextDouble()) / Math.Log(1 - share)) + 1;
}
