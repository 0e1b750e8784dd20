using System.Globalization;
using RanCognition.Contracts;

namespace RanCognition.RadioNetwork;

/// <summary>Shares of the traffic.</summary>
internal static class UserWeights
{
    /// <summary>The same for all.</summary>
    public static double[] Equal(int users)
    {
        double[] shares = new double[users];
        Array.Fill(shares, 1.0 / users);
        return shares;
    }

    /// <summary>Scaled to the sum 1.</summary>
    /// <param name="weights">At least 0, not all 0.</param>
    /// <param name="place">Where they were given, for messages.</param>
    /// <param name="member">What follows the number of the user in the place of one weight.</param>
    public static double[] Shares(ReadOnlySpan<double> weights, string place, string member = "")
    {
        double largest = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (!double.IsFinite(weights[i]) || weights[i] < 0)
            {
                InvalidInputException.Throw($"{place}/{i.ToString(CultureInfo.InvariantCulture)}{member}", "a weight must be a finite number, at least 0");
            }
            largest = Math.Max(largest, weights[i]);
        }
        if (largest == 0)
        {
            InvalidInputException.Throw(place, "no weight is above 0");
        }
        double[] shares = new double[weights.Length];
        double sum = 0;   // of numbers of at most 1, so that no sum is infinite
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = weights[i] / largest;
            sum += shares[i];
        }
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] /= sum;
        }
        return shares;
    }
}
