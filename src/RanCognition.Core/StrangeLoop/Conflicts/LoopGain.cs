using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>How control functions answer each other, whether they will chase each other, and what helps.</summary>
/// <remarks>
/// If each function answers the others' changes x by L x, the changes die out when the spectral radius of L is below 1. Functions that make only the share d of each change follow
/// (1 - d) I + d L, whose eigenvalues are 1 - d (1 - l): below 1 in size for 0 &lt; d &lt; 2 (1 - Re l) / |1 - l|^2, and for no d when Re l is 1 or more.
/// </remarks>
internal static class LoopGain
{
    /// <summary>Below it the functions come to rest soon enough by themselves.</summary>
    public const double CalmBelow = .95;

    /// <summary>Checks what is known of the loops, estimates the gain if need be, and gives advice.</summary>
    public static LoopGainReport Of(ControlLoops loops, string argument, IHost host)
    {
        int n = loops.Names.Count;
        if (n == 0)
        {
            InvalidInputException.Throw($"{argument}/names", "at least one function is needed");
        }
        if (n > StrangeLoopLimits.FunctionsMax)
        {
            throw new LimitExceededException($"{argument}/names", $"at most {StrangeLoopLimits.FunctionsMax} functions");
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < n; i++)
        {
            if (!seen.Add(loops.Names[i]))
            {
                InvalidInputException.Throw($"{argument}/names/{i}", $"'{loops.Names[i]}' is there twice");
            }
        }
        if (loops.Gain is null == loops.Changes is null)
        {
            InvalidInputException.Throw(argument, "needs gain or changes, one of them");
        }
        if (loops.Gain is not null)
        {
            if (loops.Gain.Count != n)
            {
                InvalidInputException.Throw($"{argument}/gain", $"has {loops.Gain.Count} rows for {n} functions");
            }
            CheckRows(loops.Gain, n, $"{argument}/gain");
            return Of(loops.Names, loops.Gain, null, $"{argument}/gain");
        }
        if (loops.Changes!.Count > StrangeLoopLimits.PeriodsMax)
        {
            throw new LimitExceededException($"{argument}/changes", $"at most {StrangeLoopLimits.PeriodsMax} periods");
        }
        CheckRows(loops.Changes, n, $"{argument}/changes");
        var estimate = new GainEstimate(loops.Names, loops.Changes, $"{argument}/changes", host);
        return Of(loops.Names, estimate.Gain, estimate.StandardError, $"{argument}/changes");
    }

    /// <summary>Gives advice on a gain.</summary>
    /// <param name="names">Functions.</param>
    /// <param name="gain">Row a, column b: change of a per unit change of b.</param>
    /// <param name="standardError">Of an estimate.</param>
    /// <param name="argument">What is named when the numbers are too large.</param>
    public static LoopGainReport Of(IReadOnlyList<string> names, IReadOnlyList<double[]> gain, double? standardError, string argument)
    {
        int n = names.Count;
        double[] matrix = new double[n * n], real = new double[n], imaginary = new double[n];
        for (int a = 0; a < n; a++)
        {
            for (int b = 0; b < n; b++)
            {
                matrix[a * n + b] = gain[a][b];
            }
        }
        double[] weights = Weights(gain);
        double radius = 0;
        bool isFound = Eigenvalues.Of(matrix, n, real, imaginary);
        for (int i = 0; i < n; i++)
        {
            radius = Math.Max(radius, double.Hypot(real[i], imaginary[i]));
        }
        if (!isFound || !double.IsFinite(radius))
        {
            InvalidInputException.Throw(argument, "its eigenvalues cannot be told in floating-point numbers");
        }
        Sort(real, imaginary);
        var eigenvalues = new ComplexValue[n];
        for (int i = 0; i < n; i++)
        {
            eigenvalues[i] = new ComplexValue(real[i], imaginary[i]);
        }
        return new LoopGainReport
        {
            Names = names,
            Gain = gain,
            Eigenvalues = eigenvalues,
            SpectralRadius = radius,
            Advice = Advice(names, weights, real, imaginary, radius, 8 * n * 2.2e-16 * Math.Max(1, radius)),
            StandardError = standardError,
        };
    }

    private static LoopAdvice Advice(IReadOnlyList<string> names, double[] weights, double[] real, double[] imaginary, double radius, double rounding)
    {
        if (radius < CalmBelow)
        {
            return new LoopAdvice(LoopAdviceKind.None, null, null, null);
        }
        // An eigenvalue that is 1 but for its rounding cannot be damped in any useful time either.
        bool canDamp = true;
        for (int i = 0; i < real.Length; i++)
        {
            canDamp &= real[i] < 1 - rounding;
        }
        if (canDamp)
        {
            double limit = Damping.Limit(real, imaginary), damping = Damping.Best(real, imaginary, limit);
            if (damping < limit && Damping.Radius(real, imaginary, damping) < 1)
            {
                return new LoopAdvice(LoopAdviceKind.Damping, damping, limit, null);
            }
        }
        return new LoopAdvice(LoopAdviceKind.Precedence, null, null, Order(names, weights));
    }

    /// <summary>How much each function moves the others: the norm of its column without itself.</summary>
    private static double[] Weights(IReadOnlyList<double[]> gain)
    {
        double[] weights = new double[gain.Count];
        for (int a = 0; a < weights.Length; a++)
        {
            for (int b = 0; b < weights.Length; b++)
            {
                weights[b] = a == b ? weights[b] : double.Hypot(weights[b], gain[a][b]);
            }
        }
        return weights;
    }

    /// <summary>Who moves the others most goes first: what the others must answer is settled before they do. Of equals the one that is named first.</summary>
    private static string[] Order(IReadOnlyList<string> names, double[] weights)
    {
        int[] order = new int[weights.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
        Array.Sort(order, (left, right) => weights[left] != weights[right] ? weights[right].CompareTo(weights[left]) : left.CompareTo(right));
        string[] sorted = new string[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            sorted[i] = names[order[i]];
        }
        return sorted;
    }

    /// <summary>Largest first; of equal size by real, then imaginary part.</summary>
    private static void Sort(double[] real, double[] imaginary)
    {
        int[] order = new int[real.Length];
        double[] sizes = new double[real.Length], oldReal = real[..], oldImaginary = imaginary[..];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
            sizes[i] = double.Hypot(real[i], imaginary[i]);
        }
        Array.Sort(order, (left, right) => sizes[left] != sizes[right] ? sizes[right].CompareTo(sizes[left])
            : oldReal[left] != oldReal[right] ? oldReal[right].CompareTo(oldReal[left])
            : oldImaginary[left] != oldImaginary[right] ? oldImaginary[right].CompareTo(oldImaginary[left]) : left.CompareTo(right));
        for (int i = 0; i < order.Length; i++)
        {
            (real[i], imaginary[i]) = (oldReal[order[i]], oldImaginary[order[i]]);
        }
    }

    private static void CheckRows(IReadOnlyList<double[]> rows, int n, string argument)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].Length != n)
            {
                InvalidInputException.Throw($"{argument}/{i}", $"has {rows[i].Length} numbers for {n} functions");
            }
            for (int j = 0; j < n; j++)
            {
                if (!double.IsFinite(rows[i][j]))
                {
                    InvalidInputException.Throw($"{argument}/{i}/{j}", "is not a finite number");
                }
            }
        }
    }
}
