using RanCognition.Contracts;

namespace RanCognition.Tests.Optimization;

/// <summary>Handovers of one user, told from the definitions: every question is answered by looking back over the trace, without timers.</summary>
internal sealed class NaiveMobility(MobilitySpec spec, MobilityTrace trace, double marginDb, double timeToTriggerMs, Func<int, int, double> cioDb)
{
    private readonly double[][] _filtered = Filter(spec, trace);

    private readonly double[][] _sinr = AllSinr(spec, trace);

    public int Handovers, TooLate, TooEarly, WrongCell, PingPongs, Coverage;

    public void Run()
    {
        int trigger = Samples(timeToTriggerMs), execution = Samples(spec.ExecutionMs), away = Math.Max(1, Samples(spec.ReestablishmentMs)), stay = Samples(spec.MinStayMs);
        int serving = Strongest(0), since = 0, handoverAt = int.MinValue, source = -1, sample = 0;
        while (sample < trace.Samples)
        {
            if (LinkFailed(serving, since, sample))
            {
                int back = Math.Min(sample + away, trace.Samples - 1), cell = Strongest(back);
                if (source >= 0 && sample - handoverAt <= stay)
                {
                    Judge(cell, source, serving);
                }
                else
                {
                    (cell == serving ? ref Coverage : ref TooLate)++;
                }
                (serving, source, since) = (cell, -1, sample + away);
                sample += away;
                continue;
            }
            int target = Target(serving, since, sample, trigger);
            if (target < 0)
            {
                sample++;
                continue;
            }
            int end = sample + execution, failure = -1;
            for (int t = sample + 1; t <= end && t < trace.Samples && failure < 0; t++)
            {
                failure = LinkFailed(serving, since, t) ? t : -1;
            }
            if (failure >= 0)
            {
                sample = failure;
                continue;
            }
            if (end >= trace.Samples)
            {
                return;
            }
            if (Sinr(end, target) < spec.QoutDb)
            {
                int cell = Strongest(Math.Min(end + away, trace.Samples - 1));
                Judge(cell, serving, target);
                (serving, source, since) = (cell, -1, end + away);
                sample = end + away;
                continue;
            }
            Handovers++;
            PingPongs += target == source && end - handoverAt < stay ? 1 : 0;
            (source, serving, handoverAt, since) = (serving, target, end, end + 1);
            sample = end + 1;
        }
    }

    private void Judge(int cell, int source, int target) => (cell == source ? ref TooEarly : ref cell == target ? ref Coverage : ref WrongCell)++;

    private int Target(int serving, int since, int sample, int trigger)
    {
        int best = -1;
        for (int cell = 0; cell < trace.Cells; cell++)
        {
            bool held = cell != serving && sample - trigger >= since;
            for (int t = sample - trigger; t <= sample && held; t++)
            {
                held = _filtered[t][cell] + cioDb(serving, cell) > _filtered[t][serving] + marginDb;
            }
            if (held && (best < 0 || _filtered[sample][cell] + cioDb(serving, cell) > _filtered[sample][best] + cioDb(serving, best)))
            {
                best = cell;
            }
        }
        return best;
    }

    private bool LinkFailed(int serving, int since, int sample)
    {
        int t310 = Samples(spec.T310Ms);
        for (int start = since; start <= sample - t310; start++)
        {
            bool failed = Sinr(start, serving) < spec.QoutDb;
            for (int t = start; t <= sample && failed; t++)
            {
                failed = Sinr(t, serving) <= spec.QinDb;
            }
            if (failed)
            {
                return true;
            }
        }
        return false;
    }

    private double Sinr(int sample, int serving) => _sinr[sample][serving];

    private static double[][] AllSinr(MobilitySpec spec, MobilityTrace trace)
    {
        var rows = new double[trace.Samples][];
        for (int sample = 0; sample < rows.Length; sample++)
        {
            rows[sample] = new double[trace.Cells];
            for (int serving = 0; serving < trace.Cells; serving++)
            {
                double interference = Math.Pow(10, spec.NoiseDbm / 10);
                for (int cell = 0; cell < trace.Cells; cell++)
                {
                    interference += cell == serving ? 0 : spec.Load * Math.Pow(10, trace.RsrpDbm[sample * trace.Cells + cell] / 10);
                }
                rows[sample][serving] = trace.RsrpDbm[sample * trace.Cells + serving] - 10 * Math.Log10(interference);
            }
        }
        return rows;
    }

    private int Strongest(int sample) => Array.IndexOf(_filtered[sample], _filtered[sample].Max());

    private int Samples(double milliseconds) => (int)Math.Ceiling(milliseconds / spec.StepMs - 1e-9);

    private static double[][] Filter(MobilitySpec spec, MobilityTrace trace)
    {
        double forget = Math.Pow(1 - Math.Pow(2, -spec.FilterK / 4), spec.StepMs / 200);
        var rows = new double[trace.Samples][];
        for (int sample = 0; sample < rows.Length; sample++)
        {
            rows[sample] = new double[trace.Cells];
            for (int cell = 0; cell < trace.Cells; cell++)
            {
                double measured = trace.RsrpDbm[sample * trace.Cells + cell];
                rows[sample][cell] = sample == 0 ? measured : forget * rows[sample - 1][cell] + (1 - forget) * measured;
            }
        }
        return rows;
    }
}
