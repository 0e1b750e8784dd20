namespace RanCognition.Numerics;

/// <summary>Standard normal distribution function and its inverse, to about 1e-15.</summary>
public static class NormalQuantiles
{
    /// <summary>P(Z &lt;= x). Source: G. West, "Better approximations to cumulative normal functions", Wilmott 2005 (after Hart 1968).</summary>
    public static double Cdf(double x)
    {
        if (double.IsNaN(x))
        {
            return double.NaN;
        }
        double a = Math.Abs(x), tail;
        if (a > 38)
        {
            tail = 0;
        }
        else
        {
            double density = Math.Exp(-a * a / 2);
            if (a < 7.07106781186547)
            {
                double up = ((((((3.52624965998911e-02 * a + 0.700383064443688) * a + 6.37396220353165) * a + 33.912866078383) * a
                    + 112.079291497871) * a + 221.213596169931) * a + 220.206867912376);
                double down = (((((((8.83883476483184e-02 * a + 1.75566716318264) * a + 16.064177579207) * a + 86.7807322029461) * a
                    + 296.564248779674) * a + 637.333633378831) * a + 793.826512519948) * a + 440.413735824752);
                tail = density * up / down;
            }
            else
            {
                double fraction = a + 1 / (a + 2 / (a + 3 / (a + 4 / (a + 0.65))));
                tail = density / fraction / 2.506628274631;
            }
        }
        return x > 0 ? 1 - tail : tail;
    }

    /// <summary>The x with P(Z &lt;= x) = p; minus and plus infinity at 0 and 1. Source: Wichura, algorithm AS 241, 1988.</summary>
    public static double Quantile(double p)
    {
        if (!(p > 0 && p < 1))
        {
            return p == 0 ? double.NegativeInfinity : p == 1 ? double.PositiveInfinity : double.NaN;
        }
        double q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            double r = 0.180625 - q * q;
            return q * (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r + 45921.953931549871457) * r
                + 13731.693765509461125) * r + 1971.5909503065514427) * r + 133.14166789178437745) * r + 3.387132872796366608)
                / (((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r + 21213.794301586595867) * r
                + 5394.1960214247511077) * r + 687.1870074920579083) * r + 42.313330701600911252) * r + 1);
        }
        double s = Math.Sqrt(-Math.Log(q < 0 ? p : 1 - p)), value;
        if (s <= 5)
        {
            s -= 1.6;
            value = (((((((7.7454501427834140764e-4 * s + 0.0227238449892691845833) * s + 0.24178072517745061177) * s + 1.27045825245236838258) * s
                + 3.64784832476320460504) * s + 5.7694972214606914055) * s + 4.6303378461565452959) * s + 1.42343711074968357734)
                / (((((((1.05075007164441684324e-9 * s + 5.475938084995344946e-4) * s + 0.0151986665636164571966) * s + 0.14810397642748007459) * s
                + 0.68976733498510000455) * s + 1.6763848301838038494) * s + 2.05319162663775882187) * s + 1);
        }
        else
        {
            s -= 5;
            value = (((((((2.01033439929228813265e-7 * s + 2.71155556874348757815e-5) * s + 0.0012426609473880784386) * s + 0.026532189526576123093) * s
                + 0.29656057182850489123) * s + 1.7848265399172913358) * s + 5.4637849111641143699) * s + 6.6579046435011037772)
                / (((((((2.04426310338993978564e-15 * s + 1.4215117583164458887e-7) * s + 1.8463183175100546818e-5) * s + 7.868691311456132591e-4) * s
                + 0.0148753612908506148525) * s + 0.13692988092273580531) * s + 0.59983220655588793769) * s + 1);
        }
        return q < 0 ? -value : value;
    }
}
