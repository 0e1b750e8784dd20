using System.Runtime.Intrinsics;

namespace RanCognition.Memory.Learning;

/// <summary>Intercept and slopes over covariates, fitted with a ridge penalty on the slopes.</summary>
/// <remarks>
/// The penalty for the slopes of p standardised columns is p (for the log odds p / 4, a binary outcome's largest variance being 1/4): the expectation that situation and noise explain about equally
/// much. Where the fit shows that the situation explains more, a penalty that expects as much takes its place (empirical Bayes). With few columns and many rows it changes next to nothing; with
/// columns that are equal, or nearly as many as rows, it keeps the slopes small.
/// </remarks>
internal sealed class LinearModel
{
    private const int SolverStepsMax = 250;
    private const double SolverTolerance = 1e-16;   // of the squared residual
    private const int PenaltySteps = 2;
    private const double PenaltyPartLeast = 1e-3;
    private const int NewtonStepsMax = 30;
    private const int HalvingsMax = 12;
    private const double NewtonTolerance = 1e-9;

    private readonly double[] _slopes;
    private double _intercept;

    private LinearModel(int columns) => _slopes = new double[columns];

    /// <summary>Value of the line at a row.</summary>
    public double At(ReadOnlySpan<double> row) => _intercept + Dot(row, _slopes);

    /// <summary>Least squares.</summary>
    /// <param name="x">Covariates.</param>
    /// <param name="rows">Of x: one or more.</param>
    /// <param name="y">By row of x.</param>
    public static LinearModel FitNumbers(Covariates x, ReadOnlySpan<int> rows, ReadOnlySpan<double> y)
    {
        double[] weights = new double[rows.Length], targets = new double[rows.Length];
        Array.Fill(weights, 1);
        for (int i = 0; i < rows.Length; i++)
        {
            targets[i] = y[rows[i]];
        }
        LinearModel model = new(x.Columns);
        double penalty = x.Columns, freedom = rows.Length - x.Columns - 1;
        model.Solve(x, rows, weights, targets, penalty);
        for (int step = 0; step < PenaltySteps && freedom > x.Columns; step++)
        {
            double noise = model.SquaresLeft(x, rows, targets) / freedom, all = VarianceOf(targets), explained = all - noise;
            if (!(explained > noise))
            {
                break;
            }
            penalty = x.Columns * Math.Max(noise / explained, PenaltyPartLeast);
            model.Solve(x, rows, weights, targets, penalty);
        }
        return model;
    }

    private double SquaresLeft(Covariates x, ReadOnlySpan<int> rows, double[] targets)
    {
        double squares = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double off = targets[i] - At(x.Row(rows[i]));
            squares += off * off;
        }
        return squares;
    }

    private static double VarianceOf(double[] values)
    {
        double mean = values.Average(), squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }
        return squares / (values.Length - 1);
    }

    /// <summary>Logistic regression: the line gives log odds.</summary>
    /// <param name="x">Covariates.</param>
    /// <param name="rows">Of x; some are true and some false.</param>
    /// <param name="truth">By row of x.</param>
    public static LinearModel FitOdds(Covariates x, ReadOnlySpan<int> rows, ReadOnlySpan<bool> truth)
    {
        double penalty = x.Candidates / 4.0;
        int trues = 0;
        foreach (int row in rows)
        {
            trues += truth[row] ? 1 : 0;
        }
        LinearModel model = new(x.Columns) { _intercept = Math.Log((double)trues / (rows.Length - trues)) };
        double cost = model.OddsCost(x, rows, truth, penalty);
        double[] weights = new double[rows.Length], targets = new double[rows.Length];
        for (int step = 0; step < NewtonStepsMax && x.Columns > 0; step++)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                double odds = model.At(x.Row(rows[i])), probability = Probability(odds);
                weights[i] = Math.Max(probability * (1 - probability), 1e-10);
                targets[i] = odds + ((truth[rows[i]] ? 1 : 0) - probability) / weights[i];
            }
            LinearModel next = new(x.Columns);
            model._slopes.CopyTo(next._slopes, 0);
            next.Solve(x, rows, weights, targets, penalty);
            double nextCost = next.OddsCost(x, rows, truth, penalty);
            for (int halving = 0; halving < HalvingsMax && !(nextCost <= cost); halving++)
            {
                next.MoveHalfwayTo(model);
                nextCost = next.OddsCost(x, rows, truth, penalty);
            }
            if (!(nextCost <= cost))
            {
                break;
            }
            bool done = cost - nextCost <= NewtonTolerance * (1 + Math.Abs(cost));
            (model, cost) = (next, nextCost);
            if (done)
            {
                break;
            }
        }
        return model;
    }

    public static double Probability(double logOdds) => logOdds >= 0 ? 1 / (1 + Math.Exp(-logOdds)) : Math.Exp(logOdds) / (1 + Math.Exp(logOdds));

    // Weighted ridge regression by conjugate gradients, from the slopes that are there: it needs no matrix of columns by columns, and gets along with columns that are equal.
    private void Solve(Covariates x, ReadOnlySpan<int> rows, double[] weights, double[] targets, double penalty)
    {
        int columns = _slopes.Length;
        double[] centre = new double[columns];
        double weightSum = 0, targetMean = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            AddTo(centre, x.Row(rows[i]), weights[i]);
            weightSum += weights[i];
            targetMean += weights[i] * targets[i];
        }
        targetMean /= weightSum;
        for (int c = 0; c < columns; c++)
        {
            centre[c] /= weightSum;
        }
        double[] residual = new double[columns], product = new double[columns];
        for (int i = 0; i < rows.Length; i++)
        {
            AddTo(residual, x.Row(rows[i]), weights[i] * (targets[i] - targetMean));
        }
        double wanted = Dot(residual, residual) * SolverTolerance;
        Multiply(x, rows, weights, centre, penalty, _slopes, product);
        AddTo(residual, product, -1);
        double[] direction = [.. residual];
        double size = Dot(residual, residual);
        for (int step = 0; step < SolverStepsMax && size > wanted; step++)
        {
            Multiply(x, rows, weights, centre, penalty, direction, product);
            double curvature = Dot(direction, product);
            if (!(curvature > 0))
            {
                break;
            }
            AddTo(_slopes, direction, size / curvature);
            AddTo(residual, product, -size / curvature);
            double next = Dot(residual, residual);
            for (int c = 0; c < columns; c++)
            {
                direction[c] = residual[c] + next / size * direction[c];
            }
            size = next;
        }
        _intercept = targetMean - Dot(centre, _slopes);
    }

    // (X' W X + penalty) v for columns less their weighted means; weighted sums of what is left are 0, so the means need to be taken out on one side only.
    private static void Multiply(Covariates x, ReadOnlySpan<int> rows, double[] weights, double[] centre, double penalty, double[] v, double[] product)
    {
        double middle = Dot(centre, v);
        for (int c = 0; c < v.Length; c++)
        {
            product[c] = penalty * v[c];
        }
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<double> row = x.Row(rows[i]);
            AddTo(product, row, weights[i] * (Dot(row, v) - middle));
        }
    }

    private double OddsCost(Covariates x, ReadOnlySpan<int> rows, ReadOnlySpan<bool> truth, double penalty)
    {
        double cost = penalty / 2 * Dot(_slopes, _slopes);
        foreach (int row in rows)
        {
            double odds = At(x.Row(row)), against = truth[row] ? -odds : odds;
            cost += Math.Max(against, 0) + Math.Log(1 + Math.Exp(-Math.Abs(against)));
        }
        return cost;
    }

    private void MoveHalfwayTo(LinearModel other)
    {
        _intercept = (_intercept + other._intercept) / 2;
        for (int c = 0; c < _slopes.Length; c++)
        {
            _slopes[c] = (_slopes[c] + other._slopes[c]) / 2;
        }
    }

    private static void AddTo(Span<double> sum, ReadOnlySpan<double> values, double factor)
    {
        int i = 0;
        for (; i + Vector256<double>.Count <= sum.Length; i += Vector256<double>.Count)
        {
            (Vector256.Create<double>(sum[i..]) + factor * Vector256.Create(values[i..])).CopyTo(sum[i..]);
        }
        for (; i < sum.Length; i++)
        {
            sum[i] += factor * values[i];
        }
    }

    // Four running sums whatever the machine's vectors are, so that every machine gives the same bits.
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector256<double> sums = Vector256<double>.Zero;
        int i = 0;
        for (; i + Vector256<double>.Count <= a.Length; i += Vector256<double>.Count)
        {
            sums += Vector256.Create(a[i..]) * Vector256.Create(b[i..]);
        }
        double sum = sums[0] + sums[1] + (sums[2] + sums[3]);
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
