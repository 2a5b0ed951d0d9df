licences <- read.csv("{{ site }}data/licences.csv", encoding = "UTF-8", na.strings = "")

limited <- subset(licences, threshold_counts == "users")
print(limited[, c("short", "threshold", "threshold_unit")], row.names = FALSE)
