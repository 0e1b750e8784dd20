using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.Tests.Cognition;

/// <summary>Simulated decisions: what a model claims, what is true, and how the two part.</summary>
internal static class CalibrationWorlds
{
    public static readonly string[] Names =
    [
        "calibrated", "overconfident", "underconfident", "too_hopeful", "constant", "constant_and_drifting", "not_monotone", "drifting", "sudden_inversion", "inversion_every_1000", "no_information",
        "zero_or_one", "kinds_differ", "rare_failures", "noisy_claims", "day_and_night", "reports_late_200", "reports_late_2000", "wandering", "certain_and_wrong", "coarse_claims", "missing_claims",
        "step_every_300", "slowly_inverting", "three_claims", "saturated", "half_inverted", "narrow",
    ];

    /// <summary>Decisions after which the outcomes are reported together.</summary>
    public static int Lateness(string world) => world switch { "reports_late_200" => 200, "reports_late_2000" => 2000, _ => 1 };

    public static SimulatedDecision[] Simulate(string world, int count, ulong seed)
    {
        RandomStream random = new(seed);
        SimulatedDecision[] decisions = new SimulatedDecision[count];
        double walk = 0, jump = 0;
        for (int i = 0; i < count; i++)
        {
            double skew = world == "zero_or_one" ? 0.6 : 1.0, logOdds = 1.2 * skew + 1.5 * random.NextNormal(), t = (double)i / count;
            double truth = Logistic(logOdds), claimed = truth;
            DecisionMode mode = (DecisionMode)(random.NextBits() % 3);
            bool acts = random.NextDouble() < 0.6;
            int kind = (mode == DecisionMode.Shadow ? 0 : 2) + (acts ? 1 : 0);
            walk += 0.05 * random.NextNormal();
            switch (world)
            {
                case "overconfident":
                case "reports_late_200":
                case "reports_late_2000":
                    claimed = Logistic(3 * logOdds);
                    break;
                case "underconfident":
                    claimed = Logistic(0.35 * logOdds);
                    break;
                case "too_hopeful":
                    claimed = Logistic(logOdds + 1.7);
                    break;
                case "constant":
                    (claimed, truth) = (0.93, 0.61);
                    break;
                case "constant_and_drifting":
                    (claimed, truth) = (0.9, 0.92 - 0.7 * t);
                    break;
                case "not_monotone":
                    claimed = random.NextDouble();
                    truth = 0.5 + 0.45 * Math.Cos(2 * Math.PI * claimed);
                    break;
                case "drifting":
                    claimed = Logistic(logOdds - 2 + 4 * t);
                    break;
                case "sudden_inversion":
                    claimed = i < count / 2 ? truth : 1 - truth;
                    break;
                case "inversion_every_1000":
                    claimed = i / 1000 % 2 == 0 ? truth : 1 - truth;
                    break;
                case "no_information":
                    (claimed, truth) = (random.NextDouble(), 0.35);
                    break;
                case "zero_or_one":
                    claimed = random.NextDouble() < truth ? 1 : 0;
                    truth = claimed == 1 ? 0.82 : 0.27;
                    break;
                case "kinds_differ":
                    claimed = Logistic(kind switch { 0 => 3 * logOdds, 1 => logOdds + 1.5, 2 => -logOdds, _ => 0.4 * logOdds - 1 });
                    break;
                case "rare_failures":
                    (claimed, truth) = (1 - 0.01 * random.NextDouble(), 0.97);
                    break;
                case "noisy_claims":
                    claimed = Logistic(logOdds + 1.5 * random.NextNormal());
                    break;
                case "day_and_night":
                    claimed = Logistic(logOdds + 1.5 * Math.Sin(2 * Math.PI * i / 480));
                    break;
                case "wandering":
                    claimed = Logistic(logOdds + walk);
                    break;
                case "certain_and_wrong":
                    (claimed, truth) = (1, 0.5);
                    break;
                case "coarse_claims":
                    claimed = Math.Round(truth * 4) / 4;
                    break;
                case "missing_claims":
                    claimed = random.NextDouble() < 0.3 ? double.NaN : Logistic(2 * logOdds);
                    break;
                case "step_every_300":
                    jump = i % 300 == 0 ? 1.5 * random.NextNormal() : jump;
                    claimed = Logistic(logOdds + jump);
                    break;
                case "slowly_inverting":
                    claimed = Logistic(logOdds * Math.Cos(Math.PI * t));
                    break;
                case "three_claims":
                    (claimed, truth) = (random.NextBits() % 3) switch { 0 => (0.2, 0.7), 1 => (0.8, 0.5), _ => (0.99, 0.9) };
                    break;
                case "saturated":
                    claimed = Math.Clamp(truth, 0.35, 0.65);
                    break;
                case "half_inverted":
                    claimed = random.NextDouble() < 0.5 ? truth : 1 - truth;
                    break;
                case "narrow":
                    claimed = 0.7 + 0.01 * truth;
                    break;
                default:
                    break;
            }
            decisions[i] = new SimulatedDecision(claimed, truth, random.NextDouble() < truth, mode, acts);
        }
        return decisions;
    }

    /// <summary>Faults that nobody chose: by regime and kind a random shift, slope, noise and grid of the claims; outcomes are reported late by chance.</summary>
    /// <param name="count">Decisions.</param>
    /// <param name="seed">Draws the world too.</param>
    /// <param name="lateness">Decisions after which the outcomes are reported together.</param>
    public static SimulatedDecision[] SimulateRandomFaults(int count, ulong seed, out int lateness)
    {
        RandomStream random = new(seed);
        double middle = 0.8 + random.NextNormal(), spread = 0.2 + 2.3 * random.NextDouble();
        int regimes = 1 + (int)(random.NextBits() % 6);
        lateness = (random.NextBits() % 3) switch { 0 => 1, 1 => 20, _ => 100 };
        double[] faults = new double[regimes * 4 * 4], ends = new double[regimes];
        for (int i = 0; i < faults.Length; i += 4)
        {
            (faults[i], faults[i + 1]) = (1.5 * random.NextNormal(), 0.8 + random.NextNormal());
            (faults[i + 2], faults[i + 3]) = (random.NextDouble() < 0.5 ? 0 : random.NextDouble(), random.NextDouble() < 0.7 ? 1e-9 : 0.1);
        }
        for (int i = 0; i < regimes; i++)
        {
            ends[i] = i == regimes - 1 ? 1 : random.NextDouble();
        }
        Array.Sort(ends);
        SimulatedDecision[] decisions = new SimulatedDecision[count];
        for (int i = 0, regime = 0; i < count; i++)
        {
            while (i > ends[regime] * count)
            {
                regime++;
            }
            DecisionMode mode = (DecisionMode)(random.NextBits() % 3);
            bool acts = random.NextDouble() < 0.6;
            ReadOnlySpan<double> fault = faults.AsSpan(4 * (4 * regime + (mode == DecisionMode.Shadow ? 0 : 2) + (acts ? 1 : 0)), 4);
            double logOdds = middle + spread * random.NextNormal(), truth = Logistic(logOdds);
            double claimed = Logistic(fault[0] + fault[1] * logOdds + fault[2] * random.NextNormal());
            decisions[i] = new SimulatedDecision(Math.Clamp(Math.Round(claimed / fault[3]) * fault[3], 0, 1), truth, random.NextDouble() < truth, mode, acts);
        }
        return decisions;
    }

    private static double Logistic(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
